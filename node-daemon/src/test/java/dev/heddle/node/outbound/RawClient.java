package dev.heddle.node.outbound;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that says exactly what a test wants, byte for byte. */
final class RawClient implements AutoCloseable {

  /** For an answer; a test that waits longer has failed. */
  private static final int TIMEOUT_MILLIS = 10_000;

  final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** The next line without its end; empty at the end of the stream too. */
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      if (next != '\r') {
        line.write(next);
      }
      next = in.read();
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** Status line and headers, lines ended by \n, header names in lower case. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    String line = line();
    while (!line.isEmpty()) {
      int colon = head.isEmpty() ? -1 : line.indexOf(':');
      head.append(
              colon < 0
                  ? line
                  : line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon))
          .append('\n');
      line = line();
    }
    return head.toString();
  }

  /** So many bytes. */
  String bytes(int count) throws IOException {
    return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
  }

  /** Head and a body of content-length, parted by an empty line. */
  String response() throws IOException {
    String head = head();
    int at = head.indexOf("content-length: ");
    if (at < 0) {
      return head;
    }
    int length = Integer.parseInt(head.substring(at + 16, head.indexOf('\n', at)));
    return head + "\n" + bytes(length);
  }

  /** All that comes until the server ends. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
