package dev.heddle.benchmarks.startup;

import dev.heddle.benchmarks.process.Child;
import dev.heddle.benchmarks.process.Memory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Starts the app once, asks until it answers, looks at its memory, and ends it. */
final class FirstAnswer {

  static final String WALL_MILLIS = "wallMillis";
  static final String CPU_MILLIS = "cpuMillis";
  static final String RESIDENT_MEGABYTES = "residentMegabytes";

  private static final long PATIENCE_NANOS = 180_000_000_000L;

  /** An app that took the connection and says nothing for so long is broken. */
  private static final int ANSWER_MILLIS = 20_000;

  /** Between two attempts: the resolution of the figure. */
  private static final long ASK_AGAIN_MILLIS = 3;

  /** The agent goes on behind the first answer: its memory is measured when that is over. */
  private static final long SETTLE_MILLIS = 700;

  private static final byte[] REQUEST =
      "GET /books/dune HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final Path logs;

  FirstAnswer(Path logs) {
    this.logs = logs;
  }

  /**
   * Milliseconds from the start of the process to its first answer, and MB in memory soon after.
   */
  Map<String, Double> of(Launch launch) throws IOException, InterruptedException {
    int port = freePort();
    long start = System.nanoTime();
    try (Child app =
        new Child("app", launch.command("--server.port=" + port), launch.environment(), logs)) {
      while (!answers(port)) {
        if (!app.isAlive() || System.nanoTime() - start > PATIENCE_NANOS) {
          throw new IOException(
              launch.arm() + ": the app did not answer; its last words:\n" + app.lastWords());
        }
        Thread.sleep(ASK_AGAIN_MILLIS);
      }
      double millis = (System.nanoTime() - start) / 1e6;
      double cpu = app.cpu().toMillis();
      Thread.sleep(SETTLE_MILLIS);
      double resident = Memory.residentMegabytes(app.pid());
      return Map.of(WALL_MILLIS, millis, CPU_MILLIS, cpu, RESIDENT_MEGABYTES, resident);
    }
  }

  private static boolean answers(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write(REQUEST);
      String head = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      if (!head.equals("HTTP/1.1 200")) {
        throw new IOException("the app answered " + head);
      }
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
