package dev.heddle.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The control service, from its jar. */
final class Control implements AutoCloseable {

  private static final Path JAR =
      Path.of(System.getProperty("heddle.home"), "control/target/heddle-control.jar");

  private final Forked process;
  private final Map<String, String> addresses = new HashMap<>();

  /**
   * Starts it and waits until it is ready.
   *
   * @param port of gRPC, 0: a free one
   */
  Control(Path rules, int port, Path log) throws IOException, InterruptedException {
    this(rules, port, List.of(), log);
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param options further ones
   */
  Control(Path rules, int port, List<String> options, Path log)
      throws IOException, InterruptedException {
    List<String> command = command();
    command.addAll(List.of("--config", rules.toString()));
    command.addAll(List.of("--grpc", "127.0.0.1:" + port, "--http", "127.0.0.1:0"));
    command.addAll(options);
    process = new Forked(command, Map.of(), log);
    for (String line = process.read(); !line.equals("ready"); line = process.read()) {
      int blank = line.indexOf(' ');
      addresses.put(line.substring(0, blank), line.substring(blank + 1));
    }
  }

  /** One line that a command of it prints. */
  static String say(Path log, String... arguments) throws IOException, InterruptedException {
    List<String> command = command();
    command.addAll(List.of(arguments));
    try (Forked process = new Forked(command, Map.of(), log)) {
      return process.read();
    }
  }

  private static List<String> command() {
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    return new ArrayList<>(List.of(java, "-Xmx256m", "-jar", JAR.toString()));
  }

  /** Of its plaintext port. */
  String address() {
    return address("grpc");
  }

  /** Of its port with TLS. */
  String tlsAddress() {
    return address("tls");
  }

  private String address(String name) {
    String address = addresses.get(name);
    if (address == null) {
      throw new IllegalStateException(name + ": it said " + addresses);
    }
    return address;
  }

  int port() {
    return Integer.parseInt(address().substring(address().lastIndexOf(':') + 1));
  }

  /** A page of its admin port. */
  String page(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + address("http") + path)).build();
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
