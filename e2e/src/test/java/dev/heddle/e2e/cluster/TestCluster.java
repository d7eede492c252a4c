package dev.heddle.e2e.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cluster that runs: of e2e/cluster and ended with the tests, or given and left alone. */
final class TestCluster implements AutoCloseable {

  /** Parts are made if they are not there and tests are required: a build of Kubernetes. */
  private static final Duration START_LIMIT = Duration.ofMinutes(40);

  private static final Duration COMMAND_LIMIT = Duration.ofMinutes(2);

  private static final Path HOME = Path.of(System.getProperty("heddle.home"));
  private static final Path COMMANDS = HOME.resolve("e2e/cluster");

  private final Path kubeconfig;

  /** Of a cluster that is ours. */
  private final @Nullable Path state;

  private TestCluster(Path kubeconfig, @Nullable Path state) {
    this.kubeconfig = kubeconfig;
    this.state = state;
  }

  /** Whether tests run in a cluster that is there without them. */
  static boolean isGiven() {
    return System.getenv("HEDDLE_TEST_KUBECONFIG") != null;
  }

  /** Why no cluster can be started at once, if so. */
  static Optional<String> hindrance(Level level) {
    try {
      Command.Result result =
          Command.of(COMMANDS.resolve("up"), "--check", level.word()).run(COMMAND_LIMIT);
      return result.exit() == 0 ? Optional.empty() : Optional.of(result.error().strip());
    } catch (IOException e) {
      return Optional.of("e2e/cluster/up cannot be run: " + e.getMessage());
    }
  }

  static TestCluster start(Level level) {
    String given = System.getenv("HEDDLE_TEST_KUBECONFIG");
    if (given != null) {
      return new TestCluster(Path.of(given), null);
    }
    Path state = HOME.resolve("e2e/target/test-cluster-" + level.word());
    try {
      // It ends with this JVM, even if that is killed.
      String owner = Long.toString(ProcessHandle.current().pid());
      String kubeconfig =
          ours(state, "up", "--owner", owner, level.word()).succeed(START_LIMIT).strip();
      return new TestCluster(Path.of(kubeconfig), state);
    } catch (IOException e) {
      throw new AssertionError("the cluster did not start", e);
    }
  }

  private static Command ours(Path state, String name, String... words) {
    return Command.of(COMMANDS.resolve(name), words)
        .with(Map.of("HEDDLE_CLUSTER_STATE", state.toString()));
  }

  Cluster newNamespace(String name) {
    Cluster cluster = new Cluster(this, name);
    cluster.kubectl("create", "namespace", name);
    return cluster;
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  Command kubectl(List<String> words) {
    return Command.of(state == null ? Path.of("kubectl") : state.resolve("kubectl"))
        .with(words)
        .with(Map.of("KUBECONFIG", kubeconfig.toString()));
  }

  /** A command of e2e/cluster about this cluster. */
  Command command(String name, String... words) {
    return ours(mine(), name, words);
  }

  /** This machine's address, for what runs in the cluster. */
  String hostAddress() {
    try {
      return Files.readString(mine().resolve("host-address")).strip();
    } catch (IOException e) {
      throw new AssertionError("e2e/cluster/up did not write it", e);
    }
  }

  private Path mine() {
    if (state == null) {
      throw new AssertionError(
          "this test needs the node itself, which a cluster of HEDDLE_TEST_KUBECONFIG does not give;"
              + " run it without");
    }
    return state;
  }

  @Override
  public void close() throws IOException {
    if (state != null) {
      command("down").succeed(COMMAND_LIMIT);
    }
  }
}
