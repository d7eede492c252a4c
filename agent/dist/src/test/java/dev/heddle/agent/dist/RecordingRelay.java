package dev.heddle.agent.dist;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Sits between two peers, hands on what they say, and looks for words it should not see. */
final class RecordingRelay implements Closeable {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final ServerSocket listening;
  private final int to;
  private final String secret;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicBoolean seen = new AtomicBoolean();

  RecordingRelay(int to, String secret) throws IOException {
    this.to = to;
    this.secret = secret;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  long bytes() {
    return bytes.get();
  }

  boolean sawSecret() {
    return seen.get();
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket from = listening.accept();
        Socket on = new Socket(InetAddress.getLoopbackAddress(), to);
        daemon(() -> copy(from, on));
        daemon(() -> copy(on, from));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void copy(Socket from, Socket on) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = on.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        bytes.addAndGet(count);
        if (new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains(secret)) {
          seen.set(true);
        }
        out.write(buffer, 0, count);
      }
      on.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(on);
    }
  }

  private static void close(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // closed is closed
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
