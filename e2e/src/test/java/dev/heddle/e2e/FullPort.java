package dev.heddle.e2e;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port whose queue of connections is full, so that a further one waits for ever. */
final class FullPort implements Closeable {

  private static final int MOST = 64;
  private static final int WAIT_MILLIS = 300;

  private final ServerSocket server;
  private final List<Socket> waiting = new ArrayList<>();

  FullPort(InetAddress address) throws IOException {
    server = new ServerSocket(0, 1, address);
    while (waiting.size() < MOST && takesOneMore()) {
      // until it takes no more
    }
  }

  private boolean takesOneMore() throws IOException {
    Socket socket = new Socket();
    try {
      socket.connect(
          new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), WAIT_MILLIS);
    } catch (SocketTimeoutException e) {
      socket.close();
      return false;
    }
    waiting.add(socket);
    return true;
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : waiting) {
      socket.close();
    }
    server.close();
  }
}
