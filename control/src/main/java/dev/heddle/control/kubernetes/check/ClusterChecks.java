package dev.heddle.control.kubernetes.check;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.VersionInfo;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cluster itself. */
final class ClusterChecks {

  /** Hooks that sleep, of which the manifests make use, are on from here. */
  private static final int OLDEST_MINOR = 30;

  /** Connections that wait move to the next daemon (docs/decisions/0037). */
  private static final Version OLDEST_KERNEL = new Version(5, 14);

  /** Certificates are backdated by two minutes; half of it is left for the way. */
  private static final Duration SKEW = Duration.ofSeconds(60);

  private static final long ANSWER_SECONDS = 10;
  private static final String PART_OF = "app.kubernetes.io/part-of";
  private static final List<String> RULE_GROUPS =
      List.of("networking.istio.io", "security.istio.io", "telemetry.istio.io");
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+).*");

  private record Version(int major, int minor) {

    boolean isBefore(Version other) {
      return major < other.major || (major == other.major && minor < other.minor);
    }
  }

  private final KubernetesClient client;
  private final InstantSource clock;

  ClusterChecks(KubernetesClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  List<Finding> version() {
    VersionInfo version = client.getKubernetesVersion();
    int minor = Integer.parseInt(version.getMinor().replaceAll("\\D", ""));
    return List.of(
        minor < OLDEST_MINOR
            ? Finding.error(
                "Kubernetes version",
                version.getGitVersion(),
                "1." + OLDEST_MINOR + " or later is needed; upgrade the cluster")
            : Finding.ok("Kubernetes version", version.getGitVersion()));
  }

  List<Finding> clock() {
    Instant before = clock.instant();
    String date = date();
    Instant here = before.plus(Duration.between(before, clock.instant()).dividedBy(2));
    Instant there;
    try {
      there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return List.of(
          Finding.warning("clock", "the API server does not say its time", "look at it"));
    }
    Duration skew = Duration.between(there, here).abs();
    return List.of(
        skew.compareTo(SKEW) > 0
            ? Finding.error(
                "clock",
                skew.toSeconds() + " s apart from the API server's",
                "run NTP on the nodes and here: certificates are valid by the clock")
            : Finding.ok("clock", "within " + (skew.toSeconds() + 1) + " s of the API server's"));
  }

  private String date() {
    HttpRequest request =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(client.getMasterUrl() + "version")
            .build();
    try {
      HttpResponse<String> answer =
          client
              .getHttpClient()
              .sendAsync(request, String.class)
              .get(ANSWER_SECONDS, TimeUnit.SECONDS);
      List<String> dates = answer.headers("date");
      return dates.isEmpty() ? "" : dates.getFirst();
    } catch (ExecutionException | TimeoutException e) {
      throw new KubernetesClientException("GET /version: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("told to stop", e);
    }
  }

  List<Finding> nodes() {
    List<String> unfit = new ArrayList<>();
    List<Node> nodes = client.nodes().list().getItems();
    for (Node node : nodes) {
      NodeSystemInfo info = node.getStatus().getNodeInfo();
      Matcher kernel = NUMBERS.matcher(info.getKernelVersion());
      boolean old =
          kernel.matches()
              && new Version(Integer.parseInt(kernel.group(1)), Integer.parseInt(kernel.group(2)))
                  .isBefore(OLDEST_KERNEL);
      // A node that no kubelet has spoken for says nothing.
      boolean other = !info.getArchitecture().isEmpty() && !info.getArchitecture().equals("amd64");
      if (old || other) {
        String said = info.getArchitecture() + " with Linux " + info.getKernelVersion();
        unfit.add(node.getMetadata().getName() + " (" + said + ")");
      }
    }
    return List.of(
        unfit.isEmpty()
            ? Finding.ok("nodes", nodes.size() + ", all fit for the node daemon")
            : Finding.warning(
                "nodes",
                "not fit for the node daemon: " + String.join(", ", unfit),
                "amd64 with Linux 5.14 or later is needed; pods of the agent run anywhere"));
  }

  List<Finding> ruleKinds() {
    List<CustomResourceDefinition> kinds = installed();
    long others = kinds.stream().filter(kind -> !isOurs(kind)).count();
    if (kinds.isEmpty()) {
      return List.of(Finding.ok("kinds of rules", "none yet; install brings them"));
    }
    return List.of(
        others == 0
            ? Finding.ok("kinds of rules", kinds.size() + " of an earlier install")
            : Finding.ok(
                "kinds of rules", others + " of another mesh, which install leaves as they are"));
  }

  List<Finding> ruleKindsInstalled() {
    List<CustomResourceDefinition> kinds = installed();
    boolean known =
        kinds.stream()
            .anyMatch(kind -> kind.getSpec().getNames().getKind().equals("VirtualService"));
    long others = kinds.stream().filter(kind -> !isOurs(kind)).count();
    return List.of(
        known
            ? Finding.ok(
                "kinds of rules",
                kinds.size() + (others == 0 ? "" : ", " + others + " of another mesh"))
            : Finding.error(
                "kinds of rules",
                "there is no VirtualService in this cluster",
                "kubectl apply --server-side -k k8s/crds"));
  }

  List<Finding> otherMeshes() {
    boolean istio =
        client
            .admissionRegistration()
            .v1()
            .mutatingWebhookConfigurations()
            .list()
            .getItems()
            .stream()
            .anyMatch(webhooks -> webhooks.getMetadata().getName().startsWith("istio-"));
    return List.of(
        istio
            ? Finding.warning(
                "other meshes",
                "Istio injects its proxies here",
                "install with --overlay coexist-with-istio: Istio's labels stay its own")
            : Finding.ok("other meshes", "none"));
  }

  private List<CustomResourceDefinition> installed() {
    return client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
        .filter(kind -> RULE_GROUPS.contains(kind.getSpec().getGroup()))
        .toList();
  }

  private static boolean isOurs(CustomResourceDefinition kind) {
    Map<String, String> labels = kind.getMetadata().getLabels();
    return labels != null && "heddle".equals(labels.get(PART_OF));
  }
}
