package dev.heddle.agent.core.socket;

import com.google.auto.value.AutoValue;
import dev.heddle.policy.identity.SpiffeId;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** An accepted connection as rules of layer 4 see it. */
@AutoValue
public abstract class PeerConnection {

  /** The value of its parts. */
  public static PeerConnection of(
      InetSocketAddress local, InetSocketAddress remote, @Nullable SpiffeId peer, String sni) {
    return new AutoValue_PeerConnection(local, remote, peer, sni);
  }

  /** Where it was accepted. */
  public abstract InetSocketAddress local();

  /** Where it comes from. */
  public abstract InetSocketAddress remote();

  /** Who is calling; null: a plaintext peer, which may be anybody. */
  public abstract @Nullable SpiffeId peer();

  /** The server name of the ClientHello; empty: none was named. */
  public abstract String sni();
}
