package dev.heddle.control.kubernetes.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.control.kubernetes.Names;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether the pods that were given an agent are known to control. */
final class AgentChecks {

  private static final String NAME = "agents";
  private static final String INJECTED = "heddle.dev/injected";
  private static final int HTTP_PORT = 15014;

  /** A JVM has started by then, and its agent called. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private static final Duration ANSWER = Duration.ofSeconds(10);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;
  private final InstantSource clock;

  AgentChecks(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  List<Finding> calledHome() {
    List<Pod> expected =
        client.pods().inAnyNamespace().list().getItems().stream().filter(this::hasAgent).toList();
    if (expected.isEmpty()) {
      return List.of(Finding.ok(NAME, "no pod has one yet"));
    }
    Set<String> connected = new HashSet<>();
    for (Pod control : replicas()) {
      try {
        connected.addAll(clients(control));
      } catch (IOException e) {
        return List.of(
            Finding.warning(
                NAME,
                control.getMetadata().getName() + " was not asked who is connected: " + e,
                "see that you may forward ports (pods/portforward) in " + Names.SYSTEM_NAMESPACE));
      }
    }
    List<String> silent =
        expected.stream().map(AgentChecks::name).filter(pod -> !connected.contains(pod)).toList();
    return List.of(
        silent.isEmpty()
            ? Finding.ok(NAME, "all " + expected.size() + " that should have called did")
            : Finding.error(
                NAME,
                silent.size()
                    + " of "
                    + expected.size()
                    + " never called: "
                    + MeshChecks.some(silent),
                "look for lines with [heddle] in their logs: none means that the JVM did not take"
                    + " JAVA_TOOL_OPTIONS, or that it is no JVM (heddle.dev/mode: node)"));
  }

  private boolean hasAgent(Pod pod) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    return annotations != null
        && mode(annotations.getOrDefault(INJECTED, "{}")).equals("agent")
        && "Running".equals(pod.getStatus().getPhase())
        && pod.getMetadata().getDeletionTimestamp() == null
        && Instant.parse(pod.getMetadata().getCreationTimestamp())
            .plus(GRACE)
            .isBefore(clock.instant());
  }

  private static String mode(String injected) {
    try {
      return JSON.readTree(injected).path("mode").asText();
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  private List<Pod> replicas() {
    return client
        .pods()
        .inNamespace(Names.SYSTEM_NAMESPACE)
        .withLabel("app.kubernetes.io/name", Names.CONTROL)
        .list()
        .getItems()
        .stream()
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .toList();
  }

  private List<String> clients(Pod control) throws IOException {
    try (LocalPortForward forward =
            client
                .pods()
                .inNamespace(Names.SYSTEM_NAMESPACE)
                .withName(control.getMetadata().getName())
                .portForward(HTTP_PORT);
        HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + forward.getLocalPort() + "/debug/clients"))
              .timeout(ANSWER)
              .build();
      List<String> names = new ArrayList<>();
      String page = http.send(request, BodyHandlers.ofString()).body();
      for (JsonNode connected : JSON.readTree(page)) {
        names.add(connected.path("namespace").asText() + "/" + connected.path("id").asText());
      }
      return names;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("told to stop", e);
    }
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }
}
