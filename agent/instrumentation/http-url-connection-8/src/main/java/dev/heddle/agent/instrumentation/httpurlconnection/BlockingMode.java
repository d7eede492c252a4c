package dev.heddle.agent.instrumentation.httpurlconnection;

import java.io.FileDescriptor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a socket back into blocking mode that was connected within a time limit of the mesh: from
 * Java 13 on the JDK leaves it non-blocking for good, and each read of an app that sets no timeouts
 * would be read, poll, read instead of one system call.
 */
final class BlockingMode {

  private static final String IO = "sun.nio.ch.IOUtil";

  private BlockingMode() {}

  /** Of a connection that nobody reads yet; JDKs that keep no such mode are left alone. */
  static void restore(HttpURLConnection connection) {
    try {
      Object client = read(connection, "http");
      Object socket = client == null ? null : read(client, "serverSocket");
      if (socket != null && socket.getClass() == Socket.class) {
        restore(transport(socket));
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      return; // another JDK, or a socket that was closed: reads cost what they cost
    }
  }

  /** What the socket hands its work on to, as often as it does. */
  private static @Nullable Object transport(Object socket) throws ReflectiveOperationException {
    Object impl = read(socket, "impl");
    while (impl != null && Members.findField(impl.getClass(), "delegate").isPresent()) {
      impl = read(impl, "delegate");
    }
    return impl;
  }

  private static void restore(@Nullable Object transport) throws ReflectiveOperationException {
    if (transport == null) {
      return;
    }
    Optional<Field> nonBlocking = Members.findField(transport.getClass(), "nonBlocking");
    if (nonBlocking.isPresent() && nonBlocking.get().getBoolean(transport)) {
      FileDescriptor descriptor = (FileDescriptor) read(transport, "fd");
      configureBlocking().invoke(null, descriptor, true);
      nonBlocking.get().setBoolean(transport, false);
    }
  }

  private static Method configureBlocking() throws ReflectiveOperationException {
    return Members.method(Class.forName(IO), "configureBlocking", 2);
  }

  private static @Nullable Object read(Object from, String field)
      throws ReflectiveOperationException {
    return Members.field(from.getClass(), field).get(from);
  }
}
