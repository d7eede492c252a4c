package dev.heddle.agent.core.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousSocketChannel;

/**
 * AsynchronousSocketChannels, under which there is no mesh TLS yet: what needs it is refused, so
 * that nothing goes in plain text by accident. All else passes as it is.
 */
public final class AsynchronousChannels {

  private AsynchronousChannels() {}

  /** The app connects such a channel; UncheckedIOException if the endpoint speaks mesh TLS. */
  public static void connecting(SocketAddress remote) {
    SocketLayer layer = SocketLayer.current();
    if (layer != null
        && remote instanceof InetSocketAddress
        && layer.policy().outbound((InetSocketAddress) remote) != null) {
      layer.metrics().failed.increment();
      throw new UncheckedIOException(
          new ConnectException(
              remote
                  + " speaks mesh TLS, which an AsynchronousSocketChannel cannot"
                  + " (expected: a SocketChannel or a Socket)"));
    }
  }

  /** The app accepts such a channel; IOException, and it is closed, if the port is STRICT. */
  public static void accepted(AsynchronousSocketChannel channel) throws IOException {
    SocketLayer layer = SocketLayer.current();
    SocketAddress local = channel.getLocalAddress();
    if (layer != null
        && local instanceof InetSocketAddress
        && layer.policy().inbound(((InetSocketAddress) local).getPort()) == InboundMode.STRICT) {
      layer.metrics().failed.increment();
      channel.close();
      throw new IOException(
          "the port is STRICT, and an AsynchronousServerSocketChannel cannot speak mesh TLS"
              + " (expected: a ServerSocketChannel or a ServerSocket)");
    }
  }
}
