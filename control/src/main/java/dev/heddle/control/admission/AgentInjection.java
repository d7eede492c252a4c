package dev.heddle.control.admission;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts the agent into a pod's JVMs: an init container copies the jar into a volume, and all
 * containers get it with their Java options. Nothing of it needs a right that Pod Security
 * "restricted" does not give, and nothing goes on running beside the app.
 */
final class AgentInjection {

  static final String INIT_CONTAINER = "heddle-agent";

  /** Which variable takes the agent: JDK_JAVA_OPTIONS where the image has its own of the usual. */
  static final String OPTIONS_VARIABLE = "heddle.dev/java-options-variable";

  private static final String REWRITE_PROBES = "sidecar.istio.io/rewriteAppHTTPProbers";
  private static final String TRAFFIC = "traffic.sidecar.istio.io/";

  private static final String JAR_VOLUME = "heddle-agent";
  private static final String STATE_VOLUME = "heddle-state";
  private static final String TOKEN_VOLUME = "heddle-token";
  private static final String ROOTS_VOLUME = "heddle-ca-root-cert";
  private static final String STATE = "/heddle-state";

  /** The jar is 8.5 MB at most, and a cache of woven classes may come with it. */
  private static final String JAR_LIMIT = "64Mi";

  /** The last good configuration of the largest mesh that is tested, and woven classes. */
  private static final String STATE_LIMIT = "128Mi";

  /** The API server makes no shorter ones than 10 minutes; the kubelet renews at 80 %. */
  private static final int TOKEN_SECONDS = 3_600;

  /** A user that every image may run as. */
  private static final int NOBODY = 65_532;

  private static final Pattern PORTS = Pattern.compile("[0-9]+(,[0-9]+)*");

  private final InjectionSettings settings;

  AgentInjection(InjectionSettings settings) {
    this.settings = settings;
  }

  /** The names of the containers that have the agent now. */
  List<String> apply(PodTree pod, Set<String> notes) {
    List<ObjectNode> together = pod.containersTogether();
    List<ObjectNode> all = new ArrayList<>(pod.initContainers());
    all.removeIf(each -> isHeddles(each) || PodTree.isSidecar(each));
    all.addAll(together);
    List<ObjectNode> jvms = jvms(pod, together);
    rewriteProbes(pod, jvms, notes);
    JavaOptions options = new JavaOptions(variable(pod, notes));
    for (ObjectNode container : all) {
      String name = container.path("name").asText();
      options.extend(container).ifPresent(note -> notes.add("container " + name + ": " + note));
      environment(pod, container, notes);
      mounts(container);
    }
    pod.addInitContainer(copy(pod));
    volumes().forEach(pod::addVolume);
    return all.stream().map(each -> each.path("name").asText()).toList();
  }

  private static boolean isHeddles(ObjectNode container) {
    return container.path("name").asText().equals(INIT_CONTAINER);
  }

  /** Those where the agent is sure to be: a pod that asks for it means its lone container. */
  private static List<ObjectNode> jvms(PodTree pod, List<ObjectNode> together) {
    boolean asked = pod.annotation(Injection.MODE).equals(InjectionMode.AGENT.text());
    return asked && together.size() == 1
        ? together
        : together.stream().filter(each -> JvmHints.of(pod, each).isPresent()).toList();
  }

  private static String variable(PodTree pod, Set<String> notes) {
    String wanted = pod.annotation(OPTIONS_VARIABLE);
    if (wanted.isEmpty() || wanted.equals(JavaOptions.OF_ANY_JVM)) {
      return JavaOptions.OF_ANY_JVM;
    }
    if (wanted.equals(JavaOptions.OF_THE_LAUNCHER)) {
      return wanted;
    }
    notes.add(
        OPTIONS_VARIABLE
            + " is "
            + wanted
            + " (expected: JAVA_TOOL_OPTIONS or JDK_JAVA_OPTIONS); JAVA_TOOL_OPTIONS is used");
    return JavaOptions.OF_ANY_JVM;
  }

  /** One agent in the pod has the port; what it passes on goes to all. */
  private static void rewriteProbes(PodTree pod, List<ObjectNode> jvms, Set<String> notes) {
    if (jvms.isEmpty() || pod.annotation(REWRITE_PROBES).equals("false")) {
      return;
    }
    ObjectNode first = jvms.getFirst();
    String before = PodTree.variable(first, "HEDDLE_PROBES");
    boolean open = before.isEmpty() && !PodTree.hasVariable(first, "HEDDLE_ADMIN");
    if ((!open && before.isEmpty()) || PodTree.variable(first, "HEDDLE_ENABLED").equals("false")) {
      return; // the app has the agent's page elsewhere, or no agent at all
    }
    Set<String> passedOn = ProbeRewriting.list(before);
    ProbeRewriting rewriting = new ProbeRewriting(passedOn, notes);
    jvms.forEach(rewriting::rewrite);
    String list = String.join(",", passedOn);
    if (open && !list.isEmpty()) {
      PodTree.addVariable(first, variable("HEDDLE_ADMIN", "0.0.0.0:15020"));
      PodTree.addVariable(first, variable("HEDDLE_PROBES", list));
    } else if (!list.equals(before)) {
      PodTree.named(first.path("env"), "HEDDLE_PROBES").ifPresent(v -> v.put("value", list));
    }
    jvms.stream()
        .skip(1)
        .forEach(each -> PodTree.addVariable(each, variable("HEDDLE_ADMIN", "off")));
  }

  private void environment(PodTree pod, ObjectNode container, Set<String> notes) {
    PodTree.addVariable(container, variable("HEDDLE_CONTROL", settings.control()));
    PodTree.addVariable(container, field("HEDDLE_NAMESPACE", "metadata.namespace"));
    PodTree.addVariable(container, field("HEDDLE_SERVICE_ACCOUNT", "spec.serviceAccountName"));
    PodTree.addVariable(container, field("HEDDLE_WORKLOAD", "metadata.name"));
    String labels =
        pod.labels().entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(","));
    if (!labels.isEmpty()) {
      PodTree.addVariable(container, variable("HEDDLE_LABELS", labels));
    }
    PodTree.addVariable(container, variable("HEDDLE_STATE_DIR", STATE));
    // As with Istio's sidecar, which nothing passes by that stays within the pod.
    PodTree.addVariable(container, variable("HEDDLE_LOCAL_CALLS", "trusted"));
    excluded(pod, container, "excludeOutboundPorts", "HEDDLE_EXCLUDE_PORTS", notes);
    excluded(pod, container, "excludeInboundPorts", "HEDDLE_EXCLUDE_INBOUND_PORTS", notes);
  }

  private static void excluded(
      PodTree pod, ObjectNode container, String annotation, String name, Set<String> notes) {
    String ports = pod.annotation(TRAFFIC + annotation).replace(" ", "");
    if (PORTS.matcher(ports).matches()) {
      PodTree.addVariable(container, variable(name, ports));
    } else if (!ports.isEmpty()) {
      notes.add(
          TRAFFIC + annotation + " is " + ports + " (expected: ports by commas); it has no effect");
    }
  }

  private static void mounts(ObjectNode container) {
    PodTree.addMount(container, mount(JAR_VOLUME, "/heddle").put("readOnly", true));
    // Containers of one pod may have other JVMs: what one of them wove is of no use to others.
    PodTree.addMount(
        container, mount(STATE_VOLUME, STATE).put("subPath", container.path("name").asText()));
    PodTree.addMount(
        container, mount(TOKEN_VOLUME, "/var/run/secrets/tokens").put("readOnly", true));
    PodTree.addMount(
        container, mount(ROOTS_VOLUME, "/var/run/secrets/heddle").put("readOnly", true));
  }

  private ObjectNode copy(PodTree pod) {
    ObjectNode copy = node().put("name", INIT_CONTAINER).put("image", settings.agentImage());
    copy.put("imagePullPolicy", "IfNotPresent");
    copy.putArray("args").add("/heddle");
    ObjectNode resources = copy.putObject("resources");
    resources.putObject("requests").put("cpu", "10m").put("memory", "16Mi");
    resources.putObject("limits").put("cpu", "500m").put("memory", "64Mi");
    ObjectNode security = copy.putObject("securityContext");
    security.put("allowPrivilegeEscalation", false).put("privileged", false);
    security.put("readOnlyRootFilesystem", true).put("runAsNonRoot", true);
    if (pod.spec().at("/securityContext/runAsUser").asInt(-1) == 0) {
      security.put("runAsUser", NOBODY); // the pod's user would hold for it too
    }
    security.putObject("capabilities").putArray("drop").add("ALL");
    security.putObject("seccompProfile").put("type", "RuntimeDefault");
    copy.putArray("volumeMounts").add(mount(JAR_VOLUME, "/heddle"));
    return copy;
  }

  private static List<ObjectNode> volumes() {
    ObjectNode jar = node().put("name", JAR_VOLUME);
    jar.putObject("emptyDir").put("sizeLimit", JAR_LIMIT);
    ObjectNode state = node().put("name", STATE_VOLUME);
    state.putObject("emptyDir").put("sizeLimit", STATE_LIMIT);
    ObjectNode token = node().put("name", TOKEN_VOLUME);
    token
        .putObject("projected")
        .putArray("sources")
        .addObject()
        .putObject("serviceAccountToken")
        .put("audience", "heddle-ca")
        .put("expirationSeconds", TOKEN_SECONDS)
        .put("path", "heddle-token");
    ObjectNode roots = node().put("name", ROOTS_VOLUME);
    roots.putObject("configMap").put("name", ROOTS_VOLUME);
    return List.of(jar, state, token, roots);
  }

  private static ObjectNode mount(String volume, String path) {
    return node().put("name", volume).put("mountPath", path);
  }

  static ObjectNode variable(String name, String value) {
    return node().put("name", name).put("value", value);
  }

  static ObjectNode field(String name, String path) {
    ObjectNode variable = node().put("name", name);
    variable.putObject("valueFrom").putObject("fieldRef").put("fieldPath", path);
    return variable;
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
