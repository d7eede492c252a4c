package dev.heddle.init.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Stream sockets by path (unix(7)), which carry descriptors from process to process. */
public final class UnixSocket {

  /** {@code sun_path} holds 108 bytes, the last of them zero. */
  public static final int MAX_PATH_BYTES = 107;

  private static final int AF_UNIX = 1;
  private static final int SOCK_STREAM_CLOEXEC = 0x80001;
  private static final int SCM_RIGHTS = 1;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int CONTROL_LENGTH = 20;
  private static final int CONTROL_SPACE = 24;
  private static final int MESSAGE_HEADER = 56;
  private static final int ADDRESS_BYTES = 110;

  private UnixSocket() {}

  /**
   * Connects within a time, which then bounds each wait on the socket too.
   *
   * @throws IllegalArgumentException for a path that does not fit
   */
  public static Descriptor connect(Path path, Duration wait) throws ErrnoException {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length > MAX_PATH_BYTES) {
      throw new IllegalArgumentException(
          path + " is " + name.length + " bytes long (expected: at most " + MAX_PATH_BYTES + ")");
    }
    Descriptor socket = new Descriptor(SystemCall.SOCKET.call(AF_UNIX, SOCK_STREAM_CLOEXEC, 0));
    try (Arena arena = Arena.ofConfined()) {
      socket.limit(wait);
      MemorySegment address = arena.allocate(ADDRESS_BYTES, 8);
      address.set(JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, address, JAVA_BYTE, 2, name.length);
      SystemCall.CONNECT.call(socket.number(), address.address(), ADDRESS_BYTES);
      return socket;
    } catch (ErrnoException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends one byte and, with it, a descriptor that the receiver gets a copy of. */
  public static void send(Descriptor socket, byte with, Descriptor copied) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocateFrom(JAVA_BYTE, with);
      MemorySegment vector = arena.allocate(16, 8);
      vector.set(ADDRESS, 0, data);
      vector.set(JAVA_LONG, 8, 1);
      MemorySegment control = arena.allocate(CONTROL_SPACE, 8);
      control.set(JAVA_LONG, 0, CONTROL_LENGTH);
      control.set(JAVA_INT, 8, Descriptor.SOL_SOCKET);
      control.set(JAVA_INT, 12, SCM_RIGHTS);
      control.set(JAVA_INT, 16, copied.number());
      MemorySegment header = header(arena, vector, control);
      SystemCall.SENDMSG.call(socket.number(), header.address(), MSG_NOSIGNAL);
    }
  }

  private static MemorySegment header(Arena arena, MemorySegment vector, MemorySegment control) {
    MemorySegment header = arena.allocate(MESSAGE_HEADER, 8);
    header.set(ADDRESS, 16, vector);
    header.set(JAVA_LONG, 24, 1);
    header.set(ADDRESS, 32, control);
    header.set(JAVA_LONG, 40, CONTROL_SPACE);
    return header;
  }
}
