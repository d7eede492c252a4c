package dev.heddle.control.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonDiff;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Completes a pod of the mesh. A function of the pod and the labels of its namespace. */
final class Injection {

  /** What was done with a pod, in JSON; tells a second pass what the first one decided. */
  static final String DONE = "heddle.dev/injected";

  static final String MODE = "heddle.dev/mode";

  private static final String TLS_MODE = "security.istio.io/tlsMode";
  private static final String POD_SECURITY = "pod-security.kubernetes.io/enforce";

  /** Levels of Pod Security that give no pod NET_ADMIN or a path of its host. */
  private static final Set<String> WITHOUT_NET_ADMIN = Set.of("baseline", "restricted");

  /**
   * What becomes of a pod.
   *
   * @param patch operations of RFC 6902; empty where nothing is to be done
   * @param mode in which it is injected; {@code none} where it is not
   * @param reason why it is injected in this way, or is not
   */
  record Outcome(JsonNode patch, String mode, String reason, List<String> warnings) {}

  private record Decision(InjectionMode mode, String reason) {}

  private final InjectionSettings settings;
  private final Selection selection;

  Injection(InjectionSettings settings) {
    this.settings = settings;
    selection = new Selection(settings.revision());
  }

  Outcome of(ObjectNode given, String namespace, Map<String, String> namespaceLabels) {
    PodTree pod = new PodTree(given.deepCopy());
    Selection.Choice choice = selection.choose(pod, namespace, namespaceLabels);
    if (!choice.inject()) {
      return untouched(choice.reason(), List.of());
    }
    Set<String> notes = new LinkedHashSet<>();
    Decision decision = mode(pod, namespaceLabels, notes);
    if (decision.mode() == InjectionMode.NONE) {
      return untouched(decision.reason(), List.copyOf(notes));
    }
    List<String> containers =
        decision.mode() == InjectionMode.AGENT
            ? new AgentInjection(settings).apply(pod, notes)
            : new NodeInjection(settings).apply(pod);
    pod.setLabelIfAbsent(TLS_MODE, "istio");
    mark(pod, decision, containers, notes);
    return new Outcome(
        JsonDiff.asJson(given, pod.tree()),
        decision.mode().text(),
        decision.reason(),
        List.copyOf(notes));
  }

  private static Outcome untouched(String reason, List<String> warnings) {
    return new Outcome(
        JsonNodeFactory.instance.arrayNode(), InjectionMode.NONE.text(), reason, warnings);
  }

  private static Decision mode(PodTree pod, Map<String, String> namespace, Set<String> notes) {
    Optional<Decision> before = before(pod);
    if (before.isPresent()) {
      return before.get();
    }
    InjectionMode wanted = wanted(pod, namespace, notes);
    String security = namespace.getOrDefault(POD_SECURITY, "");
    boolean refusesNode = WITHOUT_NET_ADMIN.contains(security);
    if (wanted == InjectionMode.NODE && refusesNode) {
      notes.add(
          "its namespace has "
              + POD_SECURITY
              + "="
              + security
              + ", which refuses heddle-init's"
              + " NET_ADMIN; use mode agent, or a namespace that is privileged");
    }
    return wanted == InjectionMode.AUTO
        ? automatic(pod, refusesNode ? security : "", notes)
        : new Decision(wanted, MODE + " is " + wanted.text());
  }

  private static InjectionMode wanted(
      PodTree pod, Map<String, String> namespace, Set<String> notes) {
    String own = pod.annotation(MODE);
    String written = own.isEmpty() ? namespace.getOrDefault(MODE, "") : own;
    if (written.isEmpty()) {
      return InjectionMode.AUTO;
    }
    return InjectionMode.parse(written)
        .orElseGet(
            () -> {
              notes.add(
                  MODE + " is " + written + " (expected: agent, node, auto or none); auto is used");
              return InjectionMode.AUTO;
            });
  }

  private static Decision automatic(PodTree pod, String refusing, Set<String> notes) {
    String jvm = "";
    String server = "";
    for (ObjectNode container : pod.containersTogether()) {
      Optional<String> hint = JvmHints.of(pod, container);
      String named = "container " + container.path("name").asText();
      if (hint.isPresent() && jvm.isEmpty()) {
        jvm = named + ": " + hint.get();
      } else if (hint.isEmpty() && !container.path("ports").isEmpty()) {
        server = named + " has ports, and nothing says that it is a JVM";
      }
    }
    if (!jvm.isEmpty() && server.isEmpty()) {
      return new Decision(InjectionMode.AGENT, jvm);
    }
    // Callers take a pod for one whole: all of its ports speak mesh TLS or none does.
    String reason = server.isEmpty() ? "nothing says that a JVM runs in it" : server;
    if (refusing.isEmpty()) {
      return new Decision(InjectionMode.NODE, reason);
    }
    notes.add(
        reason
            + ", and Pod Security "
            + refusing
            + " leaves no other way than the agent: what is no JVM is outside of the mesh");
    return new Decision(
        InjectionMode.AGENT, "Pod Security " + refusing + " refuses what mode node needs");
  }

  /** What an earlier pass decided; hints are others once the pod has Heddle's own variables. */
  private static Optional<Decision> before(PodTree pod) {
    JsonNode done = done(pod);
    return InjectionMode.parse(done.path("mode").asText())
        .filter(mode -> mode == InjectionMode.AGENT || mode == InjectionMode.NODE)
        .map(mode -> new Decision(mode, done.path("why").asText()));
  }

  private static JsonNode done(PodTree pod) {
    return ReviewFormat.treeOrMissing(pod.annotation(DONE));
  }

  private void mark(PodTree pod, Decision decision, List<String> containers, Set<String> notes) {
    JsonNode before = done(pod);
    ObjectNode done = JsonNodeFactory.instance.objectNode();
    done.put("revision", before.path("revision").asText(settings.revision()));
    done.put("mode", decision.mode().text()).put("why", decision.reason());
    putAll(done.putArray("containers"), before.path("containers"), containers);
    putAll(done.putArray("notes"), before.path("notes"), notes);
    if (done.path("notes").isEmpty()) {
      done.remove("notes");
    }
    if (done.path("containers").isEmpty()) {
      done.remove("containers");
    }
    if (!done.equals(before)) {
      pod.setAnnotation(DONE, done.toString());
    }
  }

  private static void putAll(ArrayNode into, JsonNode before, Iterable<String> now) {
    Set<String> all = new LinkedHashSet<>();
    before.forEach(each -> all.add(each.asText()));
    now.forEach(all::add);
    all.forEach(into::add);
  }
}
