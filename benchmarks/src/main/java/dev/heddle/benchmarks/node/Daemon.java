package dev.heddle.benchmarks.node;

import dev.heddle.benchmarks.process.Child;
import dev.heddle.benchmarks.process.Home;
import dev.heddle.benchmarks.process.Java;
import dev.heddle.benchmarks.process.Memory;
import dev.heddle.benchmarks.process.SecureControl;
import dev.heddle.benchmarks.process.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The node daemon as {@code ./heddle node} starts it. */
final class Daemon implements AutoCloseable {

  /** The first start may record an AOT cache. */
  private static final Duration START = Duration.ofMinutes(2);

  private static final int WAIT_SECONDS = 30;

  private final Home home;
  private final Path socket;
  private final Child child;
  private final double startMillis;

  /**
   * Starts it and waits until it is ready.
   *
   * @param environment of the script
   * @param options beside those that each daemon has
   */
  Daemon(
      Home home,
      Workspace workspace,
      Pod node,
      SecureControl control,
      Map<String, String> environment,
      String... options)
      throws IOException, InterruptedException {
    this.home = home;
    this.socket = workspace.folder("node").resolve("node.sock");
    List<String> command =
        new ArrayList<>(
            List.of(
                home.root().resolve("heddle").toString(),
                "node",
                "--control",
                control.address(),
                "--token-file",
                control.nodeToken(NodeStage.NODE).toString(),
                "--control-ca",
                control.roots().toString(),
                "--node",
                NodeStage.NODE,
                "--socket",
                socket.toString(),
                "--state",
                workspace.folder("node-state").toString(),
                "--admin",
                "127.0.0.1:0",
                "--metrics",
                "127.0.0.1:0",
                "--ready",
                "127.0.0.1:0",
                "--drain",
                "0"));
    command.addAll(List.of(options));
    long before = System.nanoTime();
    child = new Child("node", node.inside(command), environment, workspace.folder("logs"));
    try {
      child.answer("ready", START);
    } catch (IOException | InterruptedException e) {
      child.close();
      throw e;
    }
    startMillis = (System.nanoTime() - before) / 1e6;
  }

  /** From the command to its word that it is ready. */
  double startMillis() {
    return startMillis;
  }

  /** Captures a pod that control knows. */
  void capture(Pod pod) throws IOException, InterruptedException {
    Command.succeed(
        pod.inside(
            List.of(
                Java.own().command(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                home.init().toString(),
                "--daemon",
                socket.toString(),
                "--pod",
                "default/" + pod.name(),
                "--wait",
                Integer.toString(WAIT_SECONDS))));
  }

  Child process() {
    return child;
  }

  double residentMegabytes() throws IOException {
    return Memory.residentMegabytes(child.pid());
  }

  @Override
  public void close() {
    child.close();
  }
}
