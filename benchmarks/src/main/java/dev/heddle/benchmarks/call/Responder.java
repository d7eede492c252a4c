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
 * A server that costs as little as a server can: 100 bytes for every request on a kept connection,
 * a thread for each connection. Requests must have no body.
 */
public final class Responder {

  /** Bytes of each body. */
  static final int BODY_BYTES = 100;

  static final byte[] RESPONSE =
      ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: "
              + BODY_BYTES
              + "\r\n\r\n"
              + "x".repeat(BODY_BYTES))
          .getBytes(StandardCharsets.US_ASCII);

  private static final int BACKLOG = 256;

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

  private static void serve(Socket socket) {
    try (socket;
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream()) {
      while (skipRequest(in)) {
        out.write(RESPONSE);
      }
    } catch (IOException e) {
      // The client went; its connection is over.
    }
  }

  /** False at the end of the stream. */
  private static boolean skipRequest(InputStream in) throws IOException {
    int lineBytes = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        if (lineBytes == 0) {
          return true;
        }
        lineBytes = 0;
      } else if (next != '\r') {
        lineBytes++;
      }
    }
    return false;
  }
}
