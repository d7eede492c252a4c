package dev.heddle.agent.core.socket;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Sockets that a library's own native code speaks to, beneath all hooks, so that there is no mesh
 * TLS: what needs it is refused, and nothing goes in plain text by accident. All else passes.
 */
public final class NativeTransports {

  private static final String EXPECTED =
      ", which a native transport cannot (expected: the library's NIO transport)";

  private NativeTransports() {}

  /**
   * The app connects such a socket.
   *
   * @param remote a SocketAddress of any kind
   * @throws ConnectException the endpoint speaks mesh TLS
   */
  public static void connecting(@Nullable Object remote) throws ConnectException {
    SocketLayer layer = SocketLayer.current();
    if (layer != null
        && remote instanceof InetSocketAddress
        && Outbound.speaksTls(layer.policy(), (InetSocketAddress) remote)) {
      layer.metrics().failed.increment();
      throw new ConnectException(remote + " speaks mesh TLS" + EXPECTED);
    }
  }

  /**
   * Whether the app may have a connection that such a socket accepted.
   *
   * @param local where; an InetSocketAddress, or nothing that the mesh knows
   */
  public static boolean accepts(@Nullable Object local) {
    SocketLayer layer = SocketLayer.current();
    if (layer == null || !(local instanceof InetSocketAddress)) {
      return true;
    }
    int port = ((InetSocketAddress) local).getPort();
    if (layer.policy().inbound(port) != InboundMode.STRICT) {
      return true;
    }
    layer.metrics().failed.increment();
    layer
        .refusals()
        .add(Refusals.Reason.NO_MESH_TLS, "to port " + port + ": it asks for mesh TLS" + EXPECTED);
    return false;
  }
}
