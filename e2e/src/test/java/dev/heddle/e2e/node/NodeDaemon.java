package dev.heddle.e2e.node;

import dev.heddle.e2e.Forked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A running daemon, and where its pages are. */
final class NodeDaemon implements AutoCloseable {

  private final String node;
  private final Network network;
  private final Forked process;
  private final Path log;
  private final Map<String, String> addresses = new HashMap<>();

  /** Starts it with this command on the node, and waits until it is ready. */
  NodeDaemon(String node, Network network, List<String> command, Path log) throws Exception {
    this.node = node;
    this.network = network;
    this.log = log;
    process = new Forked(network.onNode(node, command), Map.of(), log);
    readAddresses(process, addresses);
  }

  /** Takes the lines "NAME ADDRESS" that a program says before it says that it is ready. */
  static void readAddresses(Forked process, Map<String, String> addresses)
      throws IOException, InterruptedException {
    for (String line = process.read(); !line.equals("ready"); line = process.read()) {
      String[] words = line.split(" ", 2);
      addresses.put(words[0], words[1]);
    }
  }

  /** A page, asked for on the node. */
  String page(String port, String path) throws Exception {
    String url = "http://" + addresses.get(port) + path;
    return Command.succeed(network.onNode(node, List.of("curl", "-sS", "--max-time", "10", url)));
  }

  /** Of its process. */
  long pid() {
    return process.pid();
  }

  /** What it wrote to stderr. */
  String log() throws IOException {
    return Files.readString(log);
  }

  /** Ends it as an operator does; returns its exit code. */
  int terminate() throws InterruptedException {
    return process.terminate();
  }

  /** Ends it as a crash does. */
  void kill() throws InterruptedException {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
