package dev.heddle.benchmarks.call;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A server that costs as little as a server can: a thread for each connection, 100 bytes for a
 * request; {@code /kilobyte} and {@code /bulk} are what they say, 1 KB and 100 MB. Requests must
 * have no body.
 */
public final class Responder {

  /** Bytes of each body. */
  static final int BODY_BYTES = 100;

  static final byte[] RESPONSE = response(BODY_BYTES, "x".repeat(BODY_BYTES));

  /** What {@code /bulk} gives. */
  public static final int BULK_BYTES = 100_000_000;

  private static final byte[] KILOBYTE = response(1024, "x".repeat(1024));
  private static final byte[] BULK_HEAD = response(BULK_BYTES, "");
  private static final byte[] CHUNK = new byte[100_000];

  private static final int BACKLOG = 1024;

  /** Marks a request that is the last of its connection. */
  private static final int LAST = 1 << 8;

  private Responder() {}

  /** Serves until it is killed; says {@code port N} when it listens. */
  public static void main(String[] arguments) throws IOException {
    try (ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
      System.out.println("port " + server.getLocalPort());
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      }
    }
  }

  private static byte[] response(int length, String body) {
    return ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
            + length
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream()) {
      for (int asked = readRequest(in); asked >= 0; asked = readRequest(in)) {
        answer(asked & ~LAST, out);
        if ((asked & LAST) != 0) {
          return;
        }
      }
    } catch (IOException e) {
      // The client went; its connection is over.
    }
  }

  private static void answer(int asked, OutputStream out) throws IOException {
    switch (asked) {
      case 'k' -> out.write(KILOBYTE);
      case 'b' -> {
        out.write(BULK_HEAD);
        for (int sent = 0; sent < BULK_BYTES; sent += CHUNK.length) {
          out.write(CHUNK);
        }
      }
      default -> out.write(RESPONSE);
    }
  }

  /** The first byte of the path behind its slash, -1 at the end of the stream. */
  private static int readRequest(InputStream in) throws IOException {
    int asked = 0;
    int lineBytes = 0;
    int previous = 0;
    boolean first = true;
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        if (lineBytes == 0) {
          return asked;
        }
        if (first && previous == '0') { // HTTP/1.0 asks once for a connection
          asked |= LAST;
        }
        first = false;
        lineBytes = 0;
      } else if (next != '\r') {
        lineBytes++;
      }
      if (asked == 0 && previous == '/') {
        asked = next;
      }
      previous = next == '\r' ? previous : next;
    }
    return -1;
  }
}
