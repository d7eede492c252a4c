package dev.heddle.agent.core.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Connections that are accepted and left as they are, for no mesh TLS is spoken on their port or in
 * this process. Rules of layer 4 hold for them: who is not let in finds the connection closed, and
 * so does the app.
 */
public final class PlainConnections {

  private static final AtomicReference<@Nullable PlainConnections> CURRENT =
      new AtomicReference<>();

  private final ConnectionPolicy policy;
  private final SocketMetrics metrics;

  /** Asks the policy, and counts what it refuses. */
  public PlainConnections(ConnectionPolicy policy, SocketMetrics metrics) {
    this.policy = policy;
    this.metrics = metrics;
  }

  /** Connections accepted from now on are asked about. */
  public static void use(PlainConnections connections) {
    CURRENT.set(connections);
  }

  /** The app accepted a socket. */
  public static void accepted(Socket socket) throws IOException {
    if (!admits(socket.getLocalSocketAddress(), socket.getRemoteSocketAddress())) {
      socket.close();
    }
  }

  /** The app accepted a channel. */
  public static void accepted(SocketChannel channel) throws IOException {
    if (!admits(channel.getLocalAddress(), channel.getRemoteAddress())) {
      channel.close();
    }
  }

  /** The app accepted an asynchronous channel. */
  public static void accepted(AsynchronousSocketChannel channel) throws IOException {
    if (!admits(channel.getLocalAddress(), channel.getRemoteAddress())) {
      channel.close();
    }
  }

  private static boolean admits(@Nullable SocketAddress local, @Nullable SocketAddress remote) {
    PlainConnections current = CURRENT.get();
    if (current == null
        || !(local instanceof InetSocketAddress)
        || !(remote instanceof InetSocketAddress)) {
      return true;
    }
    boolean admitted =
        current.policy.admits(
            PeerConnection.of((InetSocketAddress) local, (InetSocketAddress) remote, null, ""));
    if (!admitted) {
      current.metrics.denied.increment();
    }
    return admitted;
  }
}
