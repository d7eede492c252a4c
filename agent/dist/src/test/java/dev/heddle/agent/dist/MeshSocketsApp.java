package dev.heddle.agent.dist;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Talks to itself by all the JDK's sockets, through a relay, and says what came of it. */
public final class MeshSocketsApp {

  static final String SECRET = "the-known-body-";
  private static final long PATIENCE_MILLIS = 10_000;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final int LARGE = 1_500_000;

  private MeshSocketsApp() {}

  /** Arguments: names of what to try. */
  public static void main(String[] names) throws Exception {
    for (String name : names) {
      try {
        scenario(name).call();
        System.out.println(name + ": ok");
      } catch (Exception e) {
        System.out.println(name + ": " + e);
      }
    }
    System.exit(0); // pools of the JDK's server
  }

  private static Callable<?> scenario(String name) {
    switch (name) {
      case "http-server":
        return MeshSocketsApp::httpServer;
      case "blocking-sockets":
        return MeshSocketsApp::blockingSockets;
      case "blocking-channels":
        return MeshSocketsApp::blockingChannels;
      case "adaptor-timeout":
        return MeshSocketsApp::adaptorTimeout;
      case "socket-timeout":
        return MeshSocketsApp::socketTimeout;
      case "half-close":
        return MeshSocketsApp::halfClose;
      case "send-file":
        return MeshSocketsApp::sendFile;
      case "plaintext-client":
        return MeshSocketsApp::plaintextClient;
      case "asynchronous-channel":
        return MeshSocketsApp::asynchronousChannel;
      case "server-first":
        return MeshSocketsApp::serverFirst;
      default:
        throw new IllegalArgumentException(name);
    }
  }

  /** Non-blocking channels on the server's side, URL connections on the other. */
  private static Void httpServer() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 50);
    ExecutorService threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = all(exchange.getRequestBody());
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try (RecordingRelay relay = relay(server.getAddress().getPort())) {
      for (int size : new int[] {1, 100, 20_000, LARGE}) {
        post(relay.port(), body(size));
      }
      List<Future<Void>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(threads.submit(() -> post(relay.port(), body(100_000))));
      }
      for (Future<Void> call : calls) {
        call.get();
      }
      requireSecret(relay);
    }
    server.stop(0);
    return null;
  }

  private static Void post(int port, byte[] body) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) new URL("http://127.0.0.1:" + port + "/").openConnection();
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    requireEqual(all(connection.getInputStream()), body);
    return null;
  }

  private static Void blockingSockets() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK);
        RecordingRelay relay = relay(server.getLocalPort())) {
      echoes(
          () -> {
            Socket socket = server.accept();
            echo(socket.getInputStream(), socket.getOutputStream());
            socket.close();
          });
      try (Socket socket = new Socket(LOOPBACK, relay.port())) {
        exchange(socket.getInputStream(), socket.getOutputStream(), socket::shutdownOutput);
      }
      requireSecret(relay);
    }
    return null;
  }

  private static Void blockingChannels() throws Exception {
    try (ServerSocketChannel server =
            ServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
        RecordingRelay relay = relay(server.socket().getLocalPort())) {
      echoes(
          () -> {
            SocketChannel channel = server.accept();
            echo(Channels.newInputStream(channel), Channels.newOutputStream(channel));
            channel.close();
          });
      try (SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(LOOPBACK, relay.port()))) {
        exchange(
            Channels.newInputStream(channel),
            Channels.newOutputStream(channel),
            channel::shutdownOutput);
      }
      requireSecret(relay);
    }
    return null;
  }

  private static Void adaptorTimeout() throws Exception {
    try (ServerSocketChannel server =
            ServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
        RecordingRelay relay = relay(server.socket().getLocalPort());
        SocketChannel channel = SocketChannel.open()) {
      echoes(
          () -> {
            Socket socket = server.socket().accept();
            echo(socket.getInputStream(), socket.getOutputStream());
          });
      Socket socket = channel.socket();
      socket.connect(new InetSocketAddress(LOOPBACK, relay.port()), 5_000);
      timeOutThenEcho(socket);
    }
    return null;
  }

  private static Void socketTimeout() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK);
        RecordingRelay relay = relay(server.getLocalPort())) {
      echoes(
          () -> {
            Socket socket = server.accept();
            echo(socket.getInputStream(), socket.getOutputStream());
          });
      try (Socket socket = new Socket(LOOPBACK, relay.port())) {
        timeOutThenEcho(socket);
      }
    }
    return null;
  }

  private static void timeOutThenEcho(Socket socket) throws IOException {
    socket.setSoTimeout(100);
    try {
      int read = socket.getInputStream().read();
      throw new IOException("read " + read + " (expected: a timeout)");
    } catch (SocketTimeoutException e) {
      socket.setSoTimeout(10_000);
    }
    socket.getOutputStream().write('x');
    require(socket.getInputStream().read() == 'x', "no echo after the timeout");
  }

  /** One side has said all, the other goes on. */
  private static Void halfClose() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK);
        RecordingRelay relay = relay(server.getLocalPort())) {
      echoes(
          () -> {
            Socket socket = server.accept();
            byte[] heard = all(socket.getInputStream());
            socket.getOutputStream().write(heard);
            socket.close();
          });
      try (Socket socket = new Socket(LOOPBACK, relay.port())) {
        socket.getOutputStream().write(body(LARGE));
        socket.shutdownOutput();
        requireEqual(all(socket.getInputStream()), body(LARGE));
      }
      requireSecret(relay);
    }
    return null;
  }

  private static Void sendFile() throws Exception {
    Path file = Files.createTempFile("mesh", "body");
    Files.write(file, body(LARGE));
    try (ServerSocketChannel server =
            ServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
        RecordingRelay relay = relay(server.socket().getLocalPort());
        FileChannel from = FileChannel.open(file)) {
      echoes(
          () -> {
            SocketChannel channel = server.accept();
            for (long sent = 0; sent < LARGE; ) {
              sent += from.transferTo(sent, LARGE - sent, channel);
            }
            channel.close();
          });
      try (SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(LOOPBACK, relay.port()))) {
        requireEqual(all(Channels.newInputStream(channel)), body(LARGE));
      }
      requireSecret(relay);
    } finally {
      Files.delete(file);
    }
    return null;
  }

  /** The peer is not of the mesh. */
  private static Void plaintextClient() throws Exception {
    Thread echoes = null;
    try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK)) {
      echoes =
          echoes(
              () -> {
                try (Socket socket = server.accept()) {
                  echo(socket.getInputStream(), socket.getOutputStream());
                }
              });
      try (Socket socket = new Socket(LOOPBACK, server.getLocalPort())) {
        exchange(socket.getInputStream(), socket.getOutputStream(), socket::shutdownOutput);
      }
    } finally {
      if (echoes != null) {
        echoes.join(PATIENCE_MILLIS); // it says what it was refused for
      }
    }
    return null;
  }

  /** Of the client; the server is a blocking one. */
  private static Void asynchronousChannel() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK);
        RecordingRelay relay = relay(server.getLocalPort());
        AsynchronousSocketChannel channel = AsynchronousSocketChannel.open()) {
      echoes(
          () -> {
            Socket socket = server.accept();
            echo(socket.getInputStream(), socket.getOutputStream());
            socket.close();
          });
      channel.connect(new InetSocketAddress(LOOPBACK, relay.port())).get();
      exchange(
          Channels.newInputStream(channel),
          Channels.newOutputStream(channel),
          channel::shutdownOutput);
      requireSecret(relay);
    }
    return null;
  }

  /** The peer waits for a banner; the server is a blocking one, and then one of channels. */
  private static Void serverFirst() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, LOOPBACK);
        ServerSocketChannel channels =
            ServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0))) {
      echoes(() -> server.accept().getOutputStream().write('b'));
      echoes(
          () -> {
            ByteBuffer banner = ByteBuffer.wrap(new byte[] {'b'});
            channels.accept().write(banner);
          });
      for (int port : new int[] {server.getLocalPort(), channels.socket().getLocalPort()}) {
        try (Socket socket = new Socket(LOOPBACK, port)) {
          socket.setSoTimeout(10_000);
          require(socket.getInputStream().read() == 'b', "no banner");
        }
      }
    }
    return null;
  }

  /** I/O that may fail. */
  private interface Io {
    void run() throws IOException;
  }

  private static Thread echoes(Io server) {
    Thread thread =
        new Thread(
            () -> {
              try {
                server.run();
              } catch (IOException e) {
                System.err.println("server: " + e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void echo(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[10_000];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
    }
  }

  private static void exchange(InputStream in, OutputStream out, Io finish) throws IOException {
    for (int size : new int[] {1, 100, 20_000}) {
      byte[] sent = body(size);
      out.write(sent);
      byte[] heard = new byte[size];
      new DataInputStream(in).readFully(heard);
      requireEqual(heard, sent);
    }
    finish.run();
    require(in.read() == -1, "no end after the last byte");
  }

  private static RecordingRelay relay(int to) throws IOException {
    RecordingRelay relay = new RecordingRelay(to, SECRET);
    System.setProperty("mesh.outbound", Integer.toString(relay.port()));
    return relay;
  }

  private static byte[] body(int size) {
    byte[] secret = SECRET.getBytes(StandardCharsets.US_ASCII);
    byte[] body = new byte[size];
    for (int i = 0; i < size; i++) {
      body[i] = secret[i % secret.length];
    }
    return body;
  }

  private static byte[] all(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[10_000];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      all.write(buffer, 0, count);
    }
    return all.toByteArray();
  }

  private static void requireSecret(RecordingRelay relay) throws IOException {
    require(relay.bytes() > 0 && !relay.sawSecret(), "the relay saw the body in clear");
  }

  private static void requireEqual(byte[] heard, byte[] said) throws IOException {
    require(Arrays.equals(heard, said), heard.length + " bytes differ from the " + said.length);
  }

  private static void require(boolean condition, String otherwise) throws IOException {
    if (!condition) {
      throw new IOException(otherwise);
    }
  }
}
