package dev.heddle.agent.core.inbound;

import com.google.auto.value.AutoValue;
import dev.heddle.policy.authz.ConnectionAttributes;
import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.identity.SpiffeId;
import org.jspecify.annotations.Nullable;

/** What rules see of an accepted connection; equal connections are decided on alike. */
@AutoValue
public abstract class InboundConnection implements ConnectionAttributes {

  /** The value of its parts. */
  public static InboundConnection of(
      @Nullable SpiffeId peer,
      IpAddress source,
      IpAddress destination,
      int port,
      @Nullable String serverName) {
    return new AutoValue_InboundConnection(peer, source, destination, port, serverName);
  }

  /** Whether this host, or pod, calls itself in plaintext; nobody else can show its addresses. */
  final boolean isPlainFromHere() {
    return peer() == null
        && (sourceAddress().isLoopback() || sourceAddress().equals(destinationAddress()));
  }

  @Override
  public abstract @Nullable SpiffeId peer();

  @Override
  public abstract IpAddress sourceAddress();

  @Override
  public abstract IpAddress destinationAddress();

  @Override
  public abstract int destinationPort();

  @Override
  public abstract @Nullable String serverName();
}
