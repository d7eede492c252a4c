package dev.heddle.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The control service, from its jar. */
final class Control implements AutoCloseable {

  private static final Path JAR =
      Path.of(System.getProperty("heddle.home"), "control/target/heddle-control.jar");

  private final Forked process;
  private final String grpc;
  private final String http;

  /**
   * Starts it and waits until it is ready.
   *
   * @param port of gRPC, 0: a free one
   */
  Control(Path rules, int port, Path log) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    process =
        new Forked(
            List.of(
                java,
                "-Xmx256m",
                "-jar",
                JAR.toString(),
                "--config",
                rules.toString(),
                "--grpc",
                "127.0.0.1:" + port,
                "--http",
                "127.0.0.1:0"),
            Map.of(),
            log);
    grpc = process.read().replace("grpc ", "");
    http = process.read().replace("http ", "");
    process.read();
  }

  String address() {
    return grpc;
  }

  int port() {
    return Integer.parseInt(grpc.substring(grpc.lastIndexOf(':') + 1));
  }

  /** A page of its admin port. */
  String page(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + http + path)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  /** What it said of the rules. */
  String errors() throws IOException {
    return process.errors();
  }

  void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
