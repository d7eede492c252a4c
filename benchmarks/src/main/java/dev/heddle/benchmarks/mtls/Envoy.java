package dev.heddle.benchmarks.mtls;

import dev.heddle.benchmarks.process.Child;
import dev.heddle.benchmarks.process.EnvoyProgram;
import dev.heddle.benchmarks.process.Home;
import dev.heddle.benchmarks.process.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One Envoy as a sidecar of Istio is set up: one hop, in clear on the app's side. */
final class Envoy implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(30);

  private final Child process;
  private final int port;

  /**
   * Starts it and waits until it listens.
   *
   * @param template of benchmarks/src/main/resources/envoy
   * @param certificate folder of key, chain and root
   * @param next where the hop leads, on loopback
   */
  Envoy(Home home, Workspace workspace, String template, Path certificate, int next)
      throws IOException, InterruptedException {
    this.port = free();
    Path config =
        workspace.write(
            "envoy",
            template,
            resource(template)
                .replace("${port}", Integer.toString(port))
                .replace("${next}", Integer.toString(next))
                .replace("${certificate}", certificate.toString()));
    process =
        new Child(
            "envoy",
            List.of(
                EnvoyProgram.path(home).toString(),
                "--config-path",
                config.toString(),
                "--use-dynamic-base-id",
                "--concurrency", // Istio's default for a sidecar
                "2",
                "--log-level",
                "warning"),
            Map.of(),
            workspace.folder("logs"));
    awaitListening();
  }

  int port() {
    return port;
  }

  Child process() {
    return process;
  }

  private static int free() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private void awaitListening() throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (true) {
      try (Socket probe = new Socket()) {
        probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException("Envoy does not listen:\n" + process.lastWords(), e);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Envoy.class.getResourceAsStream("/envoy/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
