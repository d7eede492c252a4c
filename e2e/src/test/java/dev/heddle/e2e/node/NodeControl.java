package dev.heddle.e2e.node;

import dev.heddle.e2e.Forked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Control with an authority, on the first node and reached from all pods. */
final class NodeControl {

  private static final Path JAR = NodeStage.HOME.resolve("control/target/heddle-control.jar");

  private final Path directory;
  private final Path rules;
  private final Path authority;
  private final Network network;
  private final Map<String, String> addresses = new HashMap<>();
  private Forked process;

  /** Starts it and waits until it is ready. */
  NodeControl(Path directory, Network network) throws Exception {
    this.directory = directory;
    this.network = network;
    rules = Files.createDirectories(directory.resolve("rules"));
    authority = directory.resolve("ca");
    process = start();
  }

  private Forked start() throws Exception {
    List<String> command = new ArrayList<>(List.of(NodeStage.JAVA, "-Xmx256m", "-jar"));
    command.addAll(List.of(JAR.toString(), "--config", rules.toString()));
    command.addAll(List.of("--ca-dir", authority.toString(), "--tls-name", Network.NODE));
    command.addAll(List.of("--tls", addresses.getOrDefault("tls", Network.NODE + ":0")));
    command.addAll(List.of("--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0"));
    Forked started =
        new Forked(
            network.onNode(NodeStage.NODE, command), Map.of(), directory.resolve("control.log"));
    NodeDaemon.readAddresses(started, addresses);
    return started;
  }

  /** Of its port with TLS. */
  String address() {
    return String.valueOf(addresses.get("tls"));
  }

  /** The roots that the mesh trusts. */
  Path roots() {
    return authority.resolve("root-cert.pem");
  }

  /** The file of a token, made by these options of its command. */
  Path token(String... whose) throws Exception {
    Path token = directory.resolve(String.join("", whose) + ".token");
    if (!Files.exists(token)) {
      List<String> command =
          new ArrayList<>(List.of(NodeStage.JAVA, "-jar", JAR.toString(), "token"));
      command.addAll(List.of("--ca-dir", authority.toString()));
      command.addAll(List.of(whose));
      Files.writeString(token, Command.succeed(command));
    }
    return token;
  }

  /** Puts a document into force. */
  void write(String name, String yaml) throws IOException {
    Path next = Files.writeString(directory.resolve(name + ".next"), yaml);
    Files.move(next, rules.resolve(name + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Takes a document out of force. */
  void remove(String name) throws IOException {
    Files.delete(rules.resolve(name + ".yaml"));
  }

  /** What it said of the rules. */
  String log() throws IOException {
    return process.errors();
  }

  /** Ends it as a crash does. */
  void kill() throws InterruptedException {
    process.kill();
  }

  /** Starts it again where daemons know it. */
  void startAgain() throws Exception {
    process = start();
  }

  void close() {
    process.close();
  }
}
