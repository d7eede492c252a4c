package dev.heddle.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.e2e.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shapes of pods that control is tested with, through a real API server and its webhook. */
@ClusterTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InjectionIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path HOME = Path.of(System.getProperty("heddle.home"));
  private static final Path SHAPES = HOME.resolve("control/src/test/resources/injection");
  private static final String DONE = "/metadata/annotations/heddle.dev~1injected";

  /** Pod Security refuses what its author asks for; control warns of it. */
  private static final String REFUSED = "node-in-baseline";

  @TempDir private static Path directory;
  private final List<String> namespaces = new ArrayList<>();
  private Cluster cluster;
  private Webhooks webhooks;

  @BeforeAll
  void start(Cluster given) throws Exception {
    cluster = given;
    webhooks = new Webhooks(cluster, directory);
  }

  @AfterAll
  void stop() {
    namespaces.forEach(each -> cluster.kubectl("delete", "namespace", each, "--wait=false"));
    webhooks.close();
  }

  static Stream<String> shapes() throws IOException {
    try (Stream<Path> folders = Files.list(SHAPES)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void eachShapeIsAcceptedAsItIsExpectedToBecome(String shape) throws Exception {
    Path folder = SHAPES.resolve(shape);
    String namespace = namespace(folder);
    Command.Result made = create(namespace, Files.readString(folder.resolve("pod.yaml")));
    if (shape.equals(REFUSED)) {
      assertThat(made.error()).contains("violates PodSecurity", "NET_ADMIN");
      return;
    }
    assertThat(made.exit()).as(made.error()).isZero();
    JsonNode pod = JSON.readTree(made.output());

    String expected =
        Files.readString(folder.resolve("expected.yaml"))
            .replace("heddle-control.heddle-system", "heddle-control." + cluster.namespace());
    JsonNode again = JSON.readTree(create(namespace, expected).output());
    assertThat(pod.at(DONE)).isEqualTo(again.at(DONE));
    assertThat(pod.at(DONE).isMissingNode()).isNotEqualTo(expected.contains("heddle.dev/injected"));
    // What it becomes is what was expected, once the API server has put in its defaults.
    assertThat(withoutToken(pod)).isEqualTo(withoutToken(again));
  }

  /** Without the volume of the account's own token, which has another name and place each time. */
  private static JsonNode withoutToken(JsonNode pod) {
    JsonNode spec = pod.path("spec").deepCopy();
    leaveOut(spec.path("volumes"));
    spec.path("containers").forEach(each -> leaveOut(each.path("volumeMounts")));
    spec.path("initContainers").forEach(each -> leaveOut(each.path("volumeMounts")));
    return spec;
  }

  private static void leaveOut(JsonNode named) {
    Iterator<JsonNode> items = named.elements();
    while (items.hasNext()) {
      if (items.next().path("name").asText().startsWith("kube-api-access-")) {
        items.remove();
      }
    }
  }

  @Test
  void aDryRunTellsWhatIsWorthKnowing() throws Exception {
    Path folder = SHAPES.resolve("probes-of-other-forms");
    Command.Result made = create(namespace(folder), Files.readString(folder.resolve("pod.yaml")));
    assertThat(made.error()).contains("readinessProbe of container app is gRPC");
  }

  private Command.Result create(String namespace, String pod) throws IOException {
    Path file = directory.resolve("pod.yaml");
    Files.writeString(file, pod.replace("namespace: shop", "namespace: " + namespace));
    return cluster.tryKubectl(
        "create",
        "-f",
        file.toString(),
        "--namespace",
        namespace,
        "--dry-run=server",
        "-o",
        "json");
  }

  /** One with the labels of the shape's. */
  private String namespace(Path folder) throws Exception {
    Path file = folder.resolve("namespace.yaml");
    String yaml =
        Files.exists(file)
            ? Files.readString(file)
            : """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: shop
              labels: {istio-injection: enabled}
            """;
    String name = cluster.namespace() + "-" + Integer.toHexString(yaml.hashCode());
    if (!namespaces.contains(name)) {
      cluster.apply(yaml.replace("name: shop", "name: " + name));
      namespaces.add(name);
      cluster.kubectl("label", "namespace", name, Webhooks.LABEL);
      cluster.kubectl("create", "serviceaccount", "reviews", "--namespace", name);
      Await.until(
          "the namespace has its ServiceAccount",
          () ->
              cluster.tryKubectl("get", "serviceaccount", "default", "--namespace", name).exit()
                  == 0);
    }
    return name;
  }
}
