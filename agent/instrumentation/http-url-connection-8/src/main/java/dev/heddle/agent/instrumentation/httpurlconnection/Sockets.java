package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.Adapters;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.Socket;

/** The socket under a client of the JDK's, whose own close waits for a reader. */
final class Sockets {

  private static final String FIELD = "serverSocket";

  private Sockets() {}

  static void close(Object networkClient) {
    try {
      Field field = find(networkClient.getClass());
      field.setAccessible(true);
      Socket socket = (Socket) field.get(networkClient);
      if (socket != null) {
        socket.close();
      }
    } catch (IOException closed) {
      // it is gone either way
    } catch (ReflectiveOperationException | RuntimeException e) {
      Adapters.failed(e);
    }
  }

  private static Field find(Class<?> client) throws NoSuchFieldException {
    for (Class<?> type = client; type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(FIELD)) {
          return field;
        }
      }
    }
    throw new NoSuchFieldException(client + " has no field " + FIELD);
  }
}
