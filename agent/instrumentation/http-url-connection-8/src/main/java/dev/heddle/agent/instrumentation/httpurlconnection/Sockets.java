package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.Adapters;
import java.io.IOException;
import java.net.Socket;

/** The socket under a client of the JDK's, whose own close waits for a reader. */
final class Sockets {

  private static final String FIELD = "serverSocket";

  private Sockets() {}

  static void close(Object networkClient) {
    try {
      Socket socket = (Socket) Members.field(networkClient.getClass(), FIELD).get(networkClient);
      if (socket != null) {
        socket.close();
      }
    } catch (IOException closed) {
      // it is gone either way
    } catch (ReflectiveOperationException | RuntimeException e) {
      Adapters.failed(e);
    }
  }
}
