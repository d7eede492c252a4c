package dev.heddle.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as people start it. */
class ControlJarIT {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration IN_FORCE = Duration.ofSeconds(1);

  @TempDir private Path directory;
  private final List<Process> started = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void end() throws InterruptedException {
    client.close();
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  private Process start(String... arguments) throws IOException {
    String java = ProcessHandle.current().info().command().orElseThrow();
    List<String> command =
        new ArrayList<>(List.of(java, "-jar", System.getProperty("heddle.control.jar")));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(directory.resolve("stderr.log").toFile()).start();
    started.add(process);
    return process;
  }

  private Process startOnFreePorts() throws IOException {
    String any = "127.0.0.1:0";
    return start("--config", directory.toString(), "--grpc", any, "--http", any);
  }

  private String stderr() throws IOException {
    return Files.readString(directory.resolve("stderr.log"));
  }

  private static int port(String line, String kind) {
    assertThat(line).startsWith(kind + " 127.0.0.1:");
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  private String page(int port, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private void awaitPage(int port, String path, Predicate<String> wanted) throws Exception {
    long end = System.nanoTime() + IN_FORCE.toNanos();
    String last;
    do {
      last = page(port, path);
    } while (!wanted.test(last) && System.nanoTime() < end);
    assertThat(last).matches(wanted);
  }

  private void rule(String timeout) throws IOException {
    Files.writeString(
        directory.resolve("r.yaml"),
        """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: reviews}
        spec: {hosts: [reviews], http: [{timeout: %s, route: [{destination: {host: reviews}}]}]}
        """
            .formatted(timeout));
  }

  @Test
  void itTellsItsPortsFollowsTheDirectoryAndStopsCleanly() throws Exception {
    rule("1s");
    Process control = startOnFreePorts();
    try (BufferedReader out = control.inputReader(StandardCharsets.UTF_8)) {
      assertThat(port(out.readLine(), "grpc")).isPositive();
      int http = port(out.readLine(), "http");
      assertThat(out.readLine()).isEqualTo("ready");

      assertThat(page(http, "/readyz")).isEqualTo("ready\n");
      assertThat(page(http, "/metrics")).contains("heddle_control_config_objects 1.0");
      assertThat(page(http, "/debug/clients")).contains("[ ]");

      rule("7s");
      awaitPage(http, "/debug/config", config -> config.contains("\"7s\""));
      rule("often");
      awaitPage(http, "/debug/config", config -> config.contains("\\\"often\\\""));
      rule("8s");
      awaitPage(http, "/debug/config", config -> config.contains("\"problems\" : [ ]"));

      control.toHandle().destroy();
      assertThat(control.waitFor(START.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(control.exitValue()).isZero();
      assertThat(out.readLine()).isNull();
    }
    assertThat(stderr()).contains("r.yaml: VirtualService default/reviews: spec.http[0].timeout");
    assertThat(stderr()).contains("no longer: ");
  }

  @Test
  void wrongUsageIsToldAndEndsWithTwo() throws Exception {
    Process control = start("--config", directory.toString(), "--grpc", "nowhere");

    assertThat(control.waitFor(START.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(control.exitValue()).isEqualTo(2);
    assertThat(stderr()).contains("--grpc: \"nowhere\" (expected: HOST:PORT");
  }

  @Test
  void aPortThatIsTakenEndsWithOne() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      Process control =
          start("--config", directory.toString(), "--grpc", "127.0.0.1:0", "--http", address);

      assertThat(control.waitFor(START.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(control.exitValue()).isEqualTo(1);
      assertThat(stderr()).contains("cannot start");
    }
  }

  @Test
  void helpTeaches() throws Exception {
    Process control = start("--help");
    String help = new String(control.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(control.waitFor()).isZero();
    assertThat(help).contains("--config").contains("Example:").contains("Exit codes:");
  }

  private String run(int exit, String... arguments) throws Exception {
    Process process = start(arguments);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(START.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(stderr()).isEqualTo(exit);
    return out.strip();
  }

  @Test
  void withACaDirectoryItServesTlsAndSaysWhatSigns() throws Exception {
    String ca = directory.resolve("ca").toString();
    String any = "127.0.0.1:0";
    Path rules = Files.createDirectory(directory.resolve("rules"));
    Process control =
        start(
            "--config",
            rules.toString(),
            "--grpc",
            any,
            "--http",
            any,
            "--tls",
            any,
            "--ca-dir",
            ca,
            "--certificate-lifetime",
            "5s",
            "--tls-name",
            "control.example.com");
    try (BufferedReader out = control.inputReader(StandardCharsets.UTF_8)) {
      assertThat(port(out.readLine(), "grpc")).isPositive();
      assertThat(port(out.readLine(), "tls")).isPositive();
      int http = port(out.readLine(), "http");
      assertThat(out.readLine()).isEqualTo("ready");
      assertThat(page(http, "/debug/ca")).contains("Heddle root").contains("PT5S");
      assertThat(page(http, "/metrics"))
          .contains("heddle_control_ca_refused_total{reason=\"token_expired\"} 0.0")
          .contains("heddle_control_ca_root_expiry_timestamp_seconds 2.");
    }
  }

  @Test
  void peopleMakeTokensCertificatesAndRootsWithTheSameJar() throws Exception {
    String ca = directory.resolve("ca").toString();
    Path me = directory.resolve("me");

    String token = run(0, "token", "--ca-dir", ca, "--namespace", "shop");
    assertThat(token).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    assertThat(
            run(
                0,
                "certificate",
                "--ca-dir",
                ca,
                "--namespace",
                "shop",
                "--service-account",
                "me",
                "--out",
                me.toString()))
        .startsWith("spiffe://cluster.local/ns/shop/sa/me until ");
    assertThat(me).isDirectoryContaining("glob:**/{key,cert-chain,root-cert}.pem");

    assertThat(run(0, "rotate-root", "--ca-dir", ca)).startsWith("step 1 of 3: ");
    assertThat(run(3, "rotate-root", "--ca-dir", ca)).startsWith("too early");
    assertThat(run(0, "rotate-root", "--ca-dir", ca, "--now")).startsWith("step 2 of 3: ");
    run(2, "token", "--ca-dir", ca, "--namespace", "no/namespace");
    assertThat(stderr()).contains("namespace \"no/namespace\"");
  }

  @Test
  void anAuthorityThatCannotBeUsedIsTold() throws Exception {
    Path ca = Files.createDirectory(directory.resolve("ca"));
    Files.writeString(ca.resolve("ca-cert.pem"), "garbage");

    run(1, "--config", directory.toString(), "--ca-dir", ca.toString());
    assertThat(stderr()).contains("cannot start").contains("root-cert.pem: is not there");
  }
}
