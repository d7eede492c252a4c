package dev.heddle.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second cluster beside the one of the other tests. */
@ClusterTest
class TakenDownIT {

  private static final Path COMMANDS = Path.of(System.getProperty("heddle.home"), "e2e", "cluster");
  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir Path state;

  private Command command(String name, String... words) {
    return Command.of(COMMANDS.resolve(name), words)
        .with(Map.of("HEDDLE_CLUSTER_STATE", state.toString()));
  }

  @AfterEach
  void takeDown() throws Exception {
    command("down").succeed(LIMIT);
  }

  @Test
  void nothingIsLeftOfAClusterButItsLogs(Cluster other) throws Exception {
    command("up", "api").succeed(LIMIT);
    Path device = Path.of("/sys/class/net", Files.readString(state.resolve("link")).strip());
    String outer = Files.readString(state.resolve("unshare.pid")).strip();
    assertThat(device).exists();

    command("down").succeed(LIMIT);

    assertThat(device).doesNotExist();
    assertThat(Path.of("/proc", outer)).doesNotExist();
    assertThat(processesThatName(state)).isEmpty();
    assertThat(state.toFile().list()).containsExactly("log");
    assertThat(other.kubectl("get", "namespaces")).contains(other.namespace());
  }

  @Test
  void aClusterEndsWithItsOwner() throws Exception {
    Process owner = new ProcessBuilder("sleep", "600").start();
    try {
      command("up", "--owner", Long.toString(owner.pid()), "api").succeed(LIMIT);
    } finally {
      owner.destroyForcibly();
    }
    Path device = Path.of("/sys/class/net", Files.readString(state.resolve("link")).strip());
    Await.until("it is gone", () -> !Files.exists(device));
  }

  private static String processesThatName(Path path) throws Exception {
    return Command.of(Path.of("pgrep"), "-f", path.toString()).run(LIMIT).output();
  }
}
