package dev.heddle.init.linux;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** An open file or socket of this process, closed once. One thread uses it at a time. */
public final class Descriptor implements AutoCloseable {

  static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_SNDTIMEO = 21;
  private static final int AT_FDCWD = -100;
  private static final int O_WRONLY = 1;
  private static final int O_CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;

  private final int number;
  private boolean closed;

  Descriptor(long number) {
    this.number = (int) number;
  }

  /** Opens a file for reading. */
  public static Descriptor open(Path path) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path.toString());
      return new Descriptor(SystemCall.OPENAT.call(AT_FDCWD, name.address(), O_CLOEXEC));
    }
  }

  /** Writes a text into a file that is there, in one piece: a setting of the kernel. */
  static void write(Path path, String text) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(path.toString());
      int flags = O_WRONLY | O_CLOEXEC;
      try (Descriptor file =
          new Descriptor(SystemCall.OPENAT.call(AT_FDCWD, name.address(), flags))) {
        MemorySegment data = arena.allocateFrom(text);
        SystemCall.WRITE.call(file.number, data.address(), text.length());
      }
    }
  }

  /** The number, as in {@code /proc/self/fd}. */
  public int number() {
    return number;
  }

  /** Bounds each later wait for sending, connecting, receiving and accepting. */
  public void limit(Duration wait) throws ErrnoException {
    long micros = Math.max(1, wait.toNanos() / 1000);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timeval = arena.allocate(16, 8);
      timeval.set(JAVA_LONG, 0, micros / 1_000_000);
      timeval.set(JAVA_LONG, 8, micros % 1_000_000);
      SystemCall.SETSOCKOPT.call(number, SOL_SOCKET, SO_RCVTIMEO, timeval.address(), 16);
      SystemCall.SETSOCKOPT.call(number, SOL_SOCKET, SO_SNDTIMEO, timeval.address(), 16);
    }
  }

  void set(int level, int option, int value) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocateFrom(JAVA_INT, value);
      SystemCall.SETSOCKOPT.call(this.number, level, option, number.address(), 4);
    }
  }

  /** Sends all of a text in ASCII. */
  public void send(String text) throws ErrnoException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocateFrom(JAVA_BYTE, bytes);
      for (long sent = 0; sent < bytes.length; ) {
        long at = data.address() + sent;
        sent += SystemCall.SENDTO.call(number, at, bytes.length - sent, MSG_NOSIGNAL, 0);
      }
    }
  }

  /** Receives what has come, at most so many bytes; none at the end of the stream. */
  public byte[] receive(int limit) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocate(limit);
      long length = SystemCall.RECVFROM.call(number, data.address(), limit, 0, 0);
      return data.asSlice(0, length).toArray(JAVA_BYTE);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        SystemCall.CLOSE.call(number);
      } catch (ErrnoException e) {
        // Linux has released the number either way (close(2)).
      }
    }
  }
}
