package dev.heddle.e2e.peer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** As much HTTP as the clients here need, over blocking sockets; a thread a connection. */
final class SocketPeerServer {

  private static final int BACKLOG = 256;

  private SocketPeerServer() {}

  static int start() throws IOException {
    ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    Thread acceptor = new Thread(() -> accept(server), "acceptor");
    acceptor.setDaemon(true);
    acceptor.start();
    return server.getLocalPort();
  }

  private static void accept(ServerSocket server) {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread connection = new Thread(() -> converse(socket), "connection");
        connection.setDaemon(true);
        connection.start();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void converse(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      for (List<String> head = head(in); !head.isEmpty(); head = head(in)) {
        String target = head.get(0).split(" ", 3)[1];
        if (has(head, "expect: 100-continue")) {
          out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          out.flush();
        }
        String query = target.contains("?") ? target.substring(target.indexOf('?') + 1) : null;
        PeerServer.serve(query, body(head, in), new SocketResponse(socket, out));
        out.flush();
      }
    } catch (IOException e) {
      // the client is gone, or was told to go
    }
  }

  private static List<String> head(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    return lines;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().trim();
  }

  private static boolean has(List<String> head, String field) {
    return head.stream().anyMatch(field::equalsIgnoreCase);
  }

  private static InputStream body(List<String> head, InputStream in) {
    if (has(head, "transfer-encoding: chunked")) {
      return new Chunks(in);
    }
    return head.stream()
        .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
        .findFirst()
        .map(line -> Long.parseLong(line.substring(15).trim()))
        .<InputStream>map(length -> new Counted(in, length))
        .orElseGet(InputStream::nullInputStream);
  }

  /** A body whose length was told. */
  private static final class Counted extends InputStream {
    private final InputStream in;
    private long left;

    Counted(InputStream in, long left) {
      this.in = in;
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }
  }

  /** A body in chunks. */
  private static final class Chunks extends InputStream {
    private final InputStream in;
    private long left;
    private boolean over;

    Chunks(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0 && !over) {
        left = Long.parseLong(line(in), 16);
        over = left == 0;
        if (over) {
          line(in);
        }
      }
      if (over) {
        return -1;
      }
      int count = in.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      if (left == 0) {
        line(in);
      }
      return count;
    }
  }

  private record SocketResponse(Socket socket, OutputStream out) implements PeerServer.Response {

    @Override
    public OutputStream begin(String received, long length) throws IOException {
      String framing = length < 0 ? "transfer-encoding: chunked" : "content-length: " + length;
      String head =
          "HTTP/1.1 200 OK\r\n" + Peer.RECEIVED + ": " + received + "\r\n" + framing + "\r\n\r\n";
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      return length < 0 ? new ChunkedOutput(out) : new Kept(out);
    }

    @Override
    public void hangUp() throws IOException {
      socket.close();
    }
  }

  /** Ends without closing the connection. */
  private static final class Kept extends OutputStream {
    private final OutputStream out;

    Kept(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
      out.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }
  }

  private static final class ChunkedOutput extends OutputStream {
    private final OutputStream out;

    ChunkedOutput(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(bytes, offset, length);
      out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
      out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
