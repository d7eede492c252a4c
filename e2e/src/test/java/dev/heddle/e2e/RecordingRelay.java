package dev.heddle.e2e;

import dev.heddle.e2e.peer.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A wire between two programs, with somebody who reads along. */
final class RecordingRelay implements AutoCloseable {

  private static final int BACKLOG = 512;
  private static final int BUFFER_BYTES = 64 * 1024;

  /** What a reader understands of what is sent in clear. */
  private static final List<byte[]> READABLE =
      List.of(ascii(Payload.MARK), ascii(" HTTP/1.1\r\n"), ascii("HTTP/1.1 200"));

  private final ServerSocket server;
  private final int target;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean readable = new AtomicBoolean();

  /** A wire to a port on loopback. */
  RecordingRelay(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Connections since the start. */
  int connections() {
    return connections.get();
  }

  /** Bytes in both directions. */
  long bytes() {
    return bytes.get();
  }

  /** Whether anything could be understood, in either direction. */
  boolean wasReadable() {
    return readable.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket from = server.accept();
        connections.incrementAndGet();
        Thread.ofPlatform().daemon().start(() -> join(from));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void join(Socket from) {
    try (from;
        Socket to = new Socket(InetAddress.getLoopbackAddress(), target)) {
      Thread back = Thread.ofPlatform().daemon().start(() -> pump(to, from));
      pump(from, to);
      back.join();
    } catch (IOException | InterruptedException e) {
      // either end is gone, and so is this
    }
  }

  /** As TCP does it: the end of one direction leaves the other open. */
  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER_BYTES];
    Reader reader = new Reader();
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        bytes.addAndGet(count);
        reader.read(buffer, count);
        out.write(buffer, 0, count);
      }
      to.shutdownOutput();
    } catch (IOException e) {
      closeQuietly(from);
      closeQuietly(to);
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // is closed
    }
  }

  /** Looks for words, also where they lie across two reads. */
  private final class Reader {
    private final int[] matched = new int[READABLE.size()];

    void read(byte[] buffer, int count) {
      for (int word = 0; word < matched.length; word++) {
        byte[] wanted = READABLE.get(word);
        int at = matched[word];
        for (int i = 0; i < count && at < wanted.length; i++) {
          at = buffer[i] == wanted[at] ? at + 1 : buffer[i] == wanted[0] ? 1 : 0;
        }
        matched[word] = at == wanted.length ? 0 : at;
        if (at == wanted.length) {
          readable.set(true);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
