package dev.heddle.e2e.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes away under the daemon: pods, namespaces, control, itself. */
@NetnsTest
final class TroubleIT {

  private static final String SERVICE = "10.96.0.30";
  private static final String URL = "http://" + SERVICE + ":9080";

  @TempDir private Path directory;
  private NodeStage stage;
  private NodeDaemon daemon;
  private Pod server;
  private Pod client;

  @BeforeEach
  void start() throws Exception {
    stage = new NodeStage(directory);
    daemon = stage.daemon();
    server = stage.captured("server", "v1");
    server.serve(9080);
    stage.service("server", SERVICE, 9080, "http");
    client = stage.captured("client", "v1");
    NodeStage.until("server-v1", () -> client.curl(URL));
  }

  @AfterEach
  void stop() throws Exception {
    stage.close();
  }

  @Test
  void aServerThatIsDeletedMidStreamEndsItsStreamsAlone() throws Exception {
    Pod other = stage.captured("other", "v1");
    other.serve(9080);
    stage.service("other", "10.96.0.31", 9080, "http");
    NodeStage.until("other-v1", () -> client.curl("http://10.96.0.31:9080/"));
    Path streamed = directory.resolve("streamed");
    Path kept = directory.resolve("kept");
    Process ends = stream(URL, streamed);
    Process goesOn = stream("http://10.96.0.31:9080", kept);
    Await.until("both stream", () -> lines(streamed) > 0 && lines(kept) > 0);
    server.delete();
    stage.forget(server);
    Await.until("the stream has ended", () -> !ends.isAlive());
    assertThat(ends.exitValue()).as("curl tells a cut from an end").isNotZero();
    long before = lines(kept);
    Await.until("the other goes on", () -> lines(kept) > before + 10);
    goesOn.destroyForcibly();
    NodeStage.until("heddle_node_pods 2.0", () -> daemon.page("metrics", "/metrics"));
  }

  @Test
  void aNamespaceThatIsDeletedUnderItIsLetGoAlthoughControlKnowsThePod() throws Exception {
    Path streamed = directory.resolve("streamed");
    Process ends = stream(URL, streamed);
    Await.until("it streams", () -> lines(streamed) > 0);
    server.delete();
    NodeStage.until("heddle_node_pods 1.0", () -> daemon.page("metrics", "/metrics"));
    ends.destroyForcibly();
    assertThat(daemon.page("admin", "/pods")).contains("client-v1").doesNotContain("server-v1");
  }

  private Process stream(String url, Path to) throws IOException {
    return new ProcessBuilder(
            Command.inside(
                client.netns(), List.of("curl", "-sN", "-o", to.toString(), url + "/stream")))
        .start();
  }

  private static long lines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    }
  }

  @Test
  void withoutControlCallsGoOn() throws Exception {
    stage.control().kill();
    for (int i = 0; i < 20; i++) {
      assertThat(client.curl(URL)).contains("server-v1");
    }
    Pod late = stage.pod("late", "v1");
    assertThat(stage.init(late, 10).said()).as("nobody says who it is").contains("control");
    assertThat(client.curl(URL)).contains("server-v1");
  }

  @Test
  void whatAKilledDaemonBreaksIsOverWhenTheNextIsReady() throws Exception {
    Path calls = directory.resolve("calls");
    Path enough = directory.resolve("enough");
    Process load =
        new ProcessBuilder(Command.inside(client.netns(), List.of("sh", "-c", calling(enough))))
            .redirectOutput(calls.toFile())
            .start();
    try {
      Await.until("calls", () -> Files.readAllLines(calls).size() > 20);
      daemon.kill();
      NodeDaemon next = stage.daemon();
      long ready = Files.readAllLines(calls).size();
      Await.until("calls again", () -> Files.readAllLines(calls).size() > ready + 50);
      assertThat(next.page("admin", "/pods")).contains("client-v1", "server-v1");
    } finally {
      Files.createFile(enough);
      load.waitFor();
    }
    List<String> all = Files.readAllLines(calls);
    List<String> failed = all.stream().filter(line -> !line.endsWith(" 200")).toList();
    System.err.printf(
        "[heddle] kill -9: %d of %d calls failed, within %,d ms%n",
        failed.size(), all.size(), time(failed.getLast()) - time(failed.getFirst()));
    assertThat(all.subList(all.indexOf(failed.getLast()) + 1, all.size()))
        .as("when the next is ready nothing fails")
        .hasSizeGreaterThan(40);
  }

  /** A line a call: when it began, and its status. */
  private static String calling(Path enough) {
    return "while [ ! -e "
        + enough
        + " ]; do echo $(date +%s%3N)"
        + " $(curl -s -o /dev/null --max-time 5 -w '%{http_code}' "
        + URL
        + "); done";
  }

  private static long time(String line) {
    return Long.parseLong(line.split(" ", 2)[0]);
  }
}
