package dev.heddle.benchmarks.mtls;

import dev.heddle.benchmarks.process.Child;
import dev.heddle.benchmarks.report.Samples;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Handshakes for a second of the server's processor, as {@code openssl s_time} asks for them: of a
 * server under the agent, and of {@code openssl s_server} with the same certificates.
 */
final class HandshakeRates {

  private static final int SECONDS = 4;
  private static final Pattern CONNECTIONS = Pattern.compile("(\\d+) connections in [0-9.]+s");

  private final MutualTlsMesh mesh;
  private final Samples samples;

  HandshakeRates(MutualTlsMesh mesh, Samples samples) {
    this.mesh = mesh;
    this.samples = samples;
  }

  void measure(int round) throws IOException, InterruptedException {
    Path certificate = mesh.certificate("envoy");
    int port = Integer.parseInt(mesh.secureServer().port());
    for (String kind : List.of("-new", "-reuse")) {
      rate(kind, round, MutualTlsRows.AGENT, mesh.secureServer().process(), port, certificate);
    }
    int free = free();
    try (Child server = server(free, certificate)) {
      for (String kind : List.of("-new", "-reuse")) {
        rate(kind, round, MutualTlsRows.OPENSSL, server, free, certificate);
      }
    }
  }

  private static int free() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private static Child server(int port, Path certificate) throws IOException {
    return new Child(
        "openssl",
        List.of(
            "openssl",
            "s_server",
            "-quiet",
            "-www",
            "-accept",
            "127.0.0.1:" + port,
            "-Verify",
            "2",
            "-CAfile",
            certificate.resolve("root-cert.pem").toString(),
            "-cert",
            certificate.resolve("cert-chain.pem").toString(),
            "-key",
            certificate.resolve("key.pem").toString()),
        Map.of(),
        Files.createDirectories(certificate.resolveSibling("openssl-logs")));
  }

  private void rate(String kind, int round, String arm, Child server, int port, Path certificate)
      throws IOException, InterruptedException {
    Duration before = server.cpu();
    int connections = connect(kind, port, certificate);
    double seconds = server.cpu().minus(before).toNanos() / 1e9;
    samples.add(
        "handshakes " + kind,
        round,
        arm,
        Map.of("perProcessorSecond", connections / Math.max(seconds, 0.01)));
  }

  private static int connect(String kind, int port, Path certificate)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl", "s_time", "-tls1_3", kind));
    command.addAll(List.of("-time", Integer.toString(SECONDS), "-www", "/"));
    command.addAll(List.of("-connect", "127.0.0.1:" + port));
    command.addAll(List.of("-cert", certificate.resolve("cert-chain.pem").toString()));
    command.addAll(List.of("-key", certificate.resolve("key.pem").toString()));
    Path output = certificate.resolveSibling("s_time.out");
    Process run =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!run.waitFor(10L * SECONDS, TimeUnit.SECONDS)) {
      run.destroyForcibly().waitFor();
    }
    String said = Files.readString(output);
    Matcher all = CONNECTIONS.matcher(said);
    if (!all.find()) {
      throw new IOException("openssl s_time " + kind + " made no connections: " + said);
    }
    return Integer.parseInt(all.group(1));
  }
}
