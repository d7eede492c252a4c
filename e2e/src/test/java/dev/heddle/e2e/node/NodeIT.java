package dev.heddle.e2e.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that know of no mesh, in pods that the node daemon serves. */
@NetnsTest
final class NodeIT {

  private static final String REVIEWS = "10.96.0.10";
  private static final String URL = "http://" + REVIEWS + ":9080/reviews/7";

  @TempDir private Path directory;
  private NodeStage stage;

  @BeforeEach
  void start() throws Exception {
    stage = new NodeStage(directory);
  }

  @AfterEach
  void stop() throws Exception {
    stage.close();
  }

  @Test
  void callsAreRoutedByTheRulesOfTheServiceThatTheyName() throws Exception {
    stage.daemon();
    reviews();
    Pod client = stage.captured("client", "v1");
    NodeStage.until("\"server\": \"reviews-v2\"", () -> client.curl(URL));
    stage.write("split", split(0, 100));
    // By its address, by its name, by a name as an app in its namespace would write it.
    Set<String> servers = new HashSet<>();
    NodeStage.until("reviews-v2", () -> client.curl(URL));
    for (int i = 0; i < 20; i++) {
      servers.add(server(client.curl("-H", "Host: reviews.shop.svc.cluster.local:9080", URL)));
      servers.add(server(client.curl("-H", "Host: reviews:9080", URL)));
    }
    assertThat(servers).containsExactly("reviews-v2");
    stage.write("split", split(100, 0));
    NodeStage.until("reviews-v1", () -> client.curl("-H", "Host: reviews:9080", URL));
  }

  @Test
  void whatTheMeshDoesNotKnowPassesUnread() throws Exception {
    stage.daemon();
    Pod other = stage.outsider("outside", "v1");
    other.serve(7000);
    Pod client = stage.captured("client", "v1");
    String url = "http://" + other.address() + ":7000/";
    assertThat(client.curl("-H", "Host: nobody.example", url)).contains("outside-v1");
    assertThat(client.curl("-g", "http://[" + other.address6() + "]:7000/")).contains("outside-v1");
    assertThat(client.curl("http://" + other.address() + ":7001/"))
        .contains("no connection to the upstream");
  }

  @Test
  void strictPodsAreCalledAndCallByMeshTlsAlone() throws Exception {
    NodeDaemon daemon = stage.daemon();
    reviews();
    stage.write(
        "strict",
        """
        apiVersion: security.istio.io/v1
        kind: PeerAuthentication
        metadata: {name: default, namespace: shop}
        spec: {mtls: {mode: STRICT}}
        """);
    Pod client = stage.captured("client", "v1");
    Pod stranger = stage.pod("stranger", "v1");
    String straight = "http://10.80.0.2:9080/";
    NodeStage.until("curl: (", () -> stranger.curl(straight));
    NodeStage.until("reviews-v", () -> client.curl(URL));
    String metrics = daemon.page("metrics", "/metrics");
    assertThat(metrics)
        .containsPattern("heddle_node_inbound_total\\{event=\"mesh_connection\"} [1-9]")
        .containsPattern("heddle_node_inbound_total\\{event=\"plaintext_refused\"} [1-9]");
  }

  @Test
  void whereNoDaemonIsThePodIsLeftAsItWas() throws Exception {
    Pod pod = stage.pod("client", "v1");
    Command.Result result = stage.init(pod, 1);
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.said()).contains("no node daemon at " + stage.socket());
    assertThat(pod.rules()).doesNotContain("HEDDLE");
  }

  @Test
  void aPodOfAnotherNodeIsRefused() throws Exception {
    stage.daemon();
    Pod pod = stage.pod("client", "v1");
    Path file = directory.resolve("rules/client-v1.yaml");
    stage.write(pod.name(), Files.readString(file).replace(NodeStage.NODE, "node-2"));
    Command.Result result = stage.init(pod, 30);
    assertThat(result.exit()).isEqualTo(3);
    assertThat(result.said()).contains("refused: pod shop/client-v1");
    assertThat(pod.rules()).doesNotContain("HEDDLE");
  }

  @Test
  void aDaemonThatCrashedServesItsPodsAgain() throws Exception {
    NodeDaemon first = stage.daemon();
    reviews();
    Pod client = stage.captured("client", "v1");
    NodeStage.until("reviews-v", () -> client.curl(URL));
    first.kill();
    assertThat(client.curl(URL)).contains("curl: (");
    NodeDaemon second = stage.daemon();
    assertThat(second.page("admin", "/pods")).contains("shop/client-v1");
    NodeStage.until("reviews-v", () -> client.curl(URL));
  }

  @Test
  void theNextDaemonTakesOverWithoutAFailedCall() throws Exception {
    NodeDaemon first = stage.daemon();
    reviews();
    Pod client = stage.captured("client", "v1");
    NodeStage.until("reviews-v", () -> client.curl(URL));
    Path codes = directory.resolve("codes");
    Process load =
        new ProcessBuilder(
                Command.inside(
                    client.netns(),
                    List.of(
                        "sh",
                        "-c",
                        "while [ ! -e "
                            + directory.resolve("enough")
                            + " ]; do curl -s -o /dev/null --max-time 10 -w '%{http_code}\\n' "
                            + URL
                            + "; done")))
            .redirectOutput(codes.toFile())
            .start();
    try {
      NodeStage.until("200", () -> Files.readString(codes));
      NodeDaemon second = stage.daemon();
      assertThat(first.terminate()).isZero();
      long before = Files.readAllLines(codes).size();
      Await.until("more calls", () -> Files.readAllLines(codes).size() > before + 20);
      assertThat(second.page("admin", "/pods")).contains("shop/client-v1");
    } finally {
      Files.createFile(directory.resolve("enough"));
      load.waitFor();
    }
    assertThat(Files.readAllLines(codes)).containsOnly("200");
  }

  @Test
  void aPodThatIsDeletedIsLetGo() throws Exception {
    NodeDaemon daemon = stage.daemon();
    Pod client = stage.captured("client", "v1");
    assertThat(daemon.page("admin", "/pods")).contains("shop/client-v1");
    assertThat(daemon.page("metrics", "/metrics")).contains("heddle_node_pods 1.0");
    assertThat(daemon.page("probe", "/ready")).isEqualTo("ready\n");
    client.delete();
    stage.forget(client);
    NodeStage.until("heddle_node_pods 0.0", () -> daemon.page("metrics", "/metrics"));
    assertThat(daemon.terminate()).isZero();
  }

  /** Two versions of a service, captured, and half of the calls for each. */
  private void reviews() throws Exception {
    for (String version : new String[] {"v1", "v2"}) {
      stage.captured("reviews", version).serve(9080);
    }
    stage.service("reviews", REVIEWS, 9080, "http");
    stage.write(
        "subsets",
        """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {name: reviews, namespace: shop}
        spec:
          host: reviews
          subsets:
          - {name: v1, labels: {version: v1}}
          - {name: v2, labels: {version: v2}}
        """);
    stage.write("split", split(50, 50));
  }

  private static String split(int one, int two) {
    return """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: reviews, namespace: shop}
    spec:
      hosts: [reviews]
      http:
      - route:
        - {destination: {host: reviews, subset: v1}, weight: %d}
        - {destination: {host: reviews, subset: v2}, weight: %d}
    """
        .formatted(one, two);
  }

  private static String server(String answer) {
    int start = answer.indexOf("\"server\": \"");
    return start < 0 ? answer : answer.substring(start + 11, answer.indexOf('"', start + 11));
  }
}
