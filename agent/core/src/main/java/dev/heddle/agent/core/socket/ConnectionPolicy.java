package dev.heddle.agent.core.socket;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What the socket layer asks of each connection. Answers at once, from any thread. */
public interface ConnectionPolicy {

  /** How to speak mesh TLS to an address; null: it is the app's own affair. */
  @Nullable OutboundTls outbound(InetSocketAddress remote);

  /** What was asked about an address of which nothing is known; null: nothing is asked. */
  @Nullable AddressQuestion question(InetSocketAddress remote);

  /** What a listening port accepts. */
  InboundMode inbound(int localPort);

  /**
   * What a connection has to be that was accepted.
   *
   * @param remote null: not known
   */
  InboundMode inbound(InetSocketAddress local, @Nullable SocketAddress remote);

  /** Whether an accepted connection may go on: rules of layer 4. */
  boolean admits(PeerConnection connection);
}
