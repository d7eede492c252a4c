package dev.heddle.node.warmup;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection of a program that calls over HTTP/1.1, or says anything to who says it back. */
final class Http1Caller implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 5_000;
  private static final int BUFFER_BYTES = 16 * 1024;

  private static final String COMMON =
      String.join(
          "\r\n",
          "",
          "User-Agent: warm-up/1.0",
          "Accept: */*",
          "Accept-Encoding: gzip",
          "X-Request-Id: 4bf92f35-77b3-4da6-a3ce-929d0e0e4736",
          "");

  private final Socket socket = new Socket();
  private final byte[] buffer = new byte[BUFFER_BYTES];

  Http1Caller(InetSocketAddress to) throws IOException {
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(to, PATIENCE_MILLIS);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** A request as programs send it. */
  static byte[] get(String host, String path) {
    return ascii("GET " + path + " HTTP/1.1\r\nHost: " + host + COMMON + "\r\n");
  }

  /** With a body in chunks. */
  static byte[] post(String host, String path, int bodyBytes) {
    return ascii(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + COMMON
            + "Content-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"
            + Integer.toHexString(bodyBytes)
            + "\r\n"
            + "y".repeat(bodyBytes)
            + "\r\n0\r\n\r\n");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Says it so often, each time when the answer before has come. */
  void call(byte[] request, int times) throws IOException {
    for (int i = 0; i < times; i++) {
      socket.getOutputStream().write(request);
      awaitAnswer();
    }
  }

  private void awaitAnswer() throws IOException {
    InputStream in = socket.getInputStream();
    int read;
    do {
      read = in.read(buffer);
      if (read < 0) {
        throw new EOFException("the answer of a warm-up ended early");
      }
    } while (read == 0 || buffer[read - 1] != LoopbackApps.END);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
