package dev.heddle.control.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Sends the kubelet's HTTP probes to the agent, which passes exactly these on to the app: the
 * kubelet has no certificate, and a STRICT port takes nothing else (decision 76).
 */
final class ProbeRewriting {

  /** The agent's port in the pod. */
  static final int AGENT_PORT = 15020;

  private static final String PREFIX = "/app-health/";

  private static final List<String> PROBES =
      List.of("startupProbe", "livenessProbe", "readinessProbe");
  private static final List<String> HOOKS = List.of("postStart", "preStop");

  /** What RFC 3986 has in no path or query; all else the kubelet sends as it stands. */
  private static final Pattern NO_TARGET =
      Pattern.compile("[^A-Za-z0-9._~/!$&'()*+,;=:@?%-]|%(?![0-9A-Fa-f]{2})");

  private final Set<String> passedOn;
  private final Set<String> notes;

  /** Adds to what is passed on, and to what the user should know. */
  ProbeRewriting(Set<String> passedOn, Set<String> notes) {
    this.passedOn = passedOn;
    this.notes = notes;
  }

  /** What a list of passed on probes holds. */
  static Set<String> list(String text) {
    Set<String> probes = new LinkedHashSet<>();
    for (String each : text.split(",", -1)) {
      if (!each.isEmpty()) {
        probes.add(each);
      }
    }
    return probes;
  }

  void rewrite(ObjectNode container) {
    for (String probe : PROBES) {
      if (container.path(probe).has("grpc")) {
        notes.add(
            named(container, probe)
                + " is gRPC, which does not pass where mTLS is STRICT; use httpGet, tcpSocket or"
                + " exec");
      }
      rewrite(container, probe, container.path(probe).path("httpGet"));
    }
    for (String hook : HOOKS) {
      String field = "lifecycle." + hook;
      rewrite(container, field, container.path("lifecycle").path(hook).path("httpGet"));
    }
  }

  private void rewrite(ObjectNode container, String field, JsonNode found) {
    if (!(found instanceof ObjectNode get) || isRewritten(get) || get.has("host")) {
      return; // with a host it is about something that is not this pod
    }
    String path = get.path("path").asText("");
    String rooted = path.startsWith("/") ? path : "/" + path;
    OptionalInt port = port(container, get.path("port"));
    if (port.isEmpty() || NO_TARGET.matcher(rooted).find()) {
      notes.add(
          named(container, field)
              + " is left as it is, its "
              + (port.isEmpty() ? "port is not among the container's" : "path is no URL's path")
              + ": it does not pass where mTLS is STRICT");
      return;
    }
    String scheme = get.path("scheme").asText("HTTP").equals("HTTPS") ? "https:" : "";
    String target = scheme + port.getAsInt() + rooted;
    passedOn.add(target.replace(",", "%2C")); // commas stand between those of the list
    get.put("path", PREFIX + target).put("port", AGENT_PORT).put("scheme", "HTTP");
  }

  private static String named(ObjectNode container, String field) {
    return field + " of container " + container.path("name").asText();
  }

  static boolean isRewritten(ObjectNode get) {
    return get.path("port").asInt() == AGENT_PORT && get.path("path").asText("").startsWith(PREFIX);
  }

  private static OptionalInt port(ObjectNode container, JsonNode port) {
    if (port.isInt()) {
      return OptionalInt.of(port.intValue());
    }
    return PodTree.named(container.path("ports"), port.asText())
        .map(named -> OptionalInt.of(named.path("containerPort").asInt()))
        .orElse(OptionalInt.empty());
  }
}
