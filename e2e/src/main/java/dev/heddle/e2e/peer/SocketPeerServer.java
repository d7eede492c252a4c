package dev.heddle.e2e.peer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
        converse(socket.getInputStream(), socket.getOutputStream(), socket);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Serves a connection, on a thread of its own. */
  static void converse(InputStream in, OutputStream out, Closeable connection) {
    Thread thread =
        new Thread(
            () -> serve(new BufferedInputStream(in), new BufferedOutputStream(out), connection),
            "connection");
    thread.setDaemon(true);
    thread.start();
  }

  private static void serve(InputStream in, OutputStream out, Closeable connection) {
    try (connection) {
      for (List<String> head = HttpText.head(in); !head.isEmpty(); head = HttpText.head(in)) {
        String target = head.get(0).split(" ", 3)[1];
        if (HttpText.has(head, "expect: 100-continue")) {
          out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          out.flush();
        }
        String query = target.contains("?") ? target.substring(target.indexOf('?') + 1) : null;
        PeerServer.serve(query, HttpText.body(head, in), new SocketResponse(connection, out));
        out.flush();
      }
    } catch (IOException e) {
      // the client is gone, or was told to go
    }
  }

  private record SocketResponse(Closeable connection, OutputStream out)
      implements PeerServer.Response {

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
      connection.close();
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
