package dev.heddle.node.outbound;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that says exactly what a test wants on each of its connections. */
final class ScriptedServer implements AutoCloseable {

  /** What is done with a connection. */
  interface Script {
    void run(Connection connection) throws IOException;
  }

  private final ServerSocket listener;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  final List<String> heads = new CopyOnWriteArrayList<>();

  ScriptedServer(Script script) throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(() -> accept(script));
  }

  /** A server that answers each request by a status and a body, and keeps the connection. */
  static ScriptedServer answering(int status, String body) throws IOException {
    return new ScriptedServer(
        connection -> {
          while (!connection.head().isEmpty()) {
            connection.answer(status, body);
          }
        });
  }

  private void accept(Script script) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> run(script, socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void run(Script script, Socket socket) {
    try (socket) {
      script.run(new Connection(socket));
    } catch (IOException e) {
      // the other side ended it, as tests do
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** One connection. */
  final class Connection {
    final Socket socket;
    final InputStream in;
    private final OutputStream out;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    /** The next head, its lines ended by \n, or empty at the end. */
    String head() throws IOException {
      StringBuilder head = new StringBuilder();
      String line = line();
      while (!line.isEmpty()) {
        head.append(line).append('\n');
        line = line();
      }
      if (!head.isEmpty()) {
        heads.add(head.toString());
      }
      return head.toString();
    }

    String line() throws IOException {
      StringBuilder line = new StringBuilder();
      int next = in.read();
      while (next >= 0 && next != '\n') {
        if (next != '\r') {
          line.append((char) next);
        }
        next = in.read();
      }
      return line.toString();
    }

    String bytes(int count) throws IOException {
      return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    void answer(int status, String body) throws IOException {
      send("HTTP/1.1 " + status + " X\r\ncontent-length: " + body.length() + "\r\n\r\n" + body);
    }
  }
}
