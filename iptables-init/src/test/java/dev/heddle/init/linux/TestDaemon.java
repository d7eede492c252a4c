package dev.heddle.init.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The other side of a handover, as small as it can be: takes one pod and does what it is told. */
public final class TestDaemon implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final Descriptor listener;
  private final CompletableFuture<String> ended = new CompletableFuture<>();

  /** What the daemon does with one connection; it is closed afterwards. */
  public interface Part {
    String play(Descriptor connection) throws IOException;
  }

  public TestDaemon(Path path, Part part) throws IOException {
    this.listener = listen(path);
    Thread.ofPlatform().daemon().name("test-daemon").start(() -> play(part));
  }

  private void play(Part part) {
    try (Descriptor connection = TcpSocket.accept(listener)) {
      connection.limit(LIMIT);
      ended.complete(part.play(connection));
    } catch (IOException | RuntimeException e) {
      ended.completeExceptionally(e);
    }
  }

  /** What the part came to. */
  public String ended() throws Exception {
    return ended.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Takes the descriptor that came with a byte, and returns what it leads to. */
  public static String receiveNamespace(Descriptor connection) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment vector = arena.allocate(16, 8);
      vector.set(ADDRESS, 0, arena.allocate(1));
      vector.set(JAVA_LONG, 8, 1);
      MemorySegment control = arena.allocate(24, 8);
      MemorySegment header = arena.allocate(56, 8);
      header.set(ADDRESS, 16, vector);
      header.set(JAVA_LONG, 24, 1);
      header.set(ADDRESS, 32, control);
      header.set(JAVA_LONG, 40, 24);
      SystemCall.RECVMSG.call(connection.number(), header.address(), 0);
      try (Descriptor received = new Descriptor(control.get(JAVA_INT, 16))) {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/" + received.number())).toString();
      }
    }
  }

  /** Receives up to the end of a line. */
  public static String line(Descriptor connection) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.indexOf("\n") < 0) {
      byte[] bytes = connection.receive(1);
      if (bytes.length == 0) {
        return line + "<closed>";
      }
      line.append(new String(bytes, StandardCharsets.US_ASCII));
    }
    return line.substring(0, line.length() - 1);
  }

  private static Descriptor listen(Path path) throws IOException {
    Descriptor socket = new Descriptor(SystemCall.SOCKET.call(1, 0x80001, 0));
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(110, 8);
      address.set(JAVA_SHORT, 0, (short) 1);
      MemorySegment.copy(name, 0, address, JAVA_BYTE, 2, name.length);
      SystemCall.BIND.call(socket.number(), address.address(), 110);
      SystemCall.LISTEN.call(socket.number(), 1);
      socket.limit(LIMIT);
      return socket;
    }
  }

  @Override
  public void close() {
    listener.close();
  }
}
