package dev.heddle.node.workload;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A control service of its own, started as people start it, with short-lived certificates. */
final class ControlProcess implements AutoCloseable {

  private static final long STOP_SECONDS = 10;
  private static final String ANY = "127.0.0.1:0";

  private final Path directory;
  private Process process;
  private int port;

  ControlProcess(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(rules());
    start(ANY);
  }

  private void start(String address) throws IOException {
    Files.createDirectories(rules());
    process =
        java(
            "--config",
            rules().toString(),
            "--ca-dir",
            ca().toString(),
            "--certificate-lifetime",
            "10s",
            "--grpc",
            ANY,
            "--http",
            ANY,
            "--tls",
            address);
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); !"ready".equals(line); line = out.readLine()) {
      if (line == null) {
        throw new IOException("control ended: " + Files.readString(stderr()));
      }
      if (line.startsWith("tls ")) {
        port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
      }
    }
  }

  private Process java(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-Xmx128m");
    command.add("-jar");
    command.add(System.getProperty("heddle.control.jar"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(stderr().toFile()).start();
  }

  private Path stderr() {
    return directory.resolve("control.log");
  }

  private Path rules() {
    return directory.resolve("rules");
  }

  private Path ca() {
    return directory.resolve("ca");
  }

  int port() {
    return port;
  }

  Path roots() {
    return ca().resolve("root-cert.pem");
  }

  /** Writes or replaces a file of rules as a whole. */
  void write(String file, String yaml) throws IOException {
    Path whole = Files.writeString(directory.resolve(file + ".tmp"), yaml);
    Files.move(whole, rules().resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }

  /** A file with the token of a node. */
  Path token(String node) throws Exception {
    Process made = java("token", "--ca-dir", ca().toString(), "--node", node);
    String token = new String(made.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    if (made.waitFor() != 0) {
      throw new IOException("no token: " + Files.readString(stderr()));
    }
    return Files.writeString(directory.resolve(node + ".token"), token);
  }

  /** Ends it; {@link #startAgain} brings it back. */
  void stop() throws InterruptedException {
    process.destroy();
    process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
  }

  void startAgain() throws IOException {
    start("127.0.0.1:" + port);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
