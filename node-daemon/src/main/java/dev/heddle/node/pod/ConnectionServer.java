package dev.heddle.node.pod;

import io.netty.channel.socket.SocketChannel;

/** Serves captured connections of one direction, of all pods. Safe for all event loops. */
public interface ConnectionServer {

  /**
   * Takes a connection over, on its own event loop: it does not read yet, keeps the half that is
   * open when the other ends, and has no handlers. From here on it belongs to the server, which
   * closes it; it is closed under the server when the pod leaves.
   */
  void serve(SocketChannel accepted, CapturedConnection connection);
}
