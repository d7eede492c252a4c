package dev.heddle.control.admission;

import java.util.Map;
import java.util.Set;

/**
 * Whether a pod is to be part of the mesh, by the labels of its namespace and its own: Istio's
 * rules, and the same ones for Heddle's names, which go first.
 */
final class Selection {

  /** In or out, and why. */
  record Choice(boolean inject, String reason) {}

  /** Namespaces that must work while nothing of the mesh does. */
  static final Set<String> NEVER =
      Set.of("kube-system", "kube-public", "kube-node-lease", "heddle-system");

  private static final String INJECT = "heddle.dev/inject";
  private static final String REVISION = "heddle.dev/rev";
  private static final String ISTIO_NAMESPACE = "istio-injection";
  private static final String ISTIO_POD = "sidecar.istio.io/inject";
  private static final String ISTIO_REVISION = "istio.io/rev";

  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final String ISTIO_PROXY = "istio-proxy";

  /** What a namespace says of its pods. */
  private record Wish(boolean enabled, boolean disabled, String revision, String reason) {}

  private final String revision;

  /** Selects for the control service of this revision. */
  Selection(String revision) {
    this.revision = revision;
  }

  Choice choose(PodTree pod, String namespace, Map<String, String> namespaceLabels) {
    if (NEVER.contains(namespace)) {
      return out("pods of namespace " + namespace + " are never injected");
    }
    String impossible = impossible(pod);
    if (!impossible.isEmpty()) {
      return out(impossible);
    }
    Wish namespaces = wish(namespaceLabels);
    String own = own(pod);
    if (own.equals("false")) {
      return out("the pod says " + INJECT + " or " + ISTIO_POD + ": false");
    }
    if (namespaces.disabled() || (!namespaces.enabled() && !own.equals("true"))) {
      return out(namespaces.reason());
    }
    String wanted = wantedRevision(pod, namespaces);
    return wanted.equals(revision)
        ? new Choice(true, namespaces.enabled() ? namespaces.reason() : "the pod asks for it")
        : out("it asks for revision " + wanted + ", this is " + revision);
  }

  private static Choice out(String reason) {
    return new Choice(false, reason);
  }

  private static String impossible(PodTree pod) {
    if (pod.spec().path("hostNetwork").asBoolean()) {
      return "the pod has hostNetwork: its traffic is the node's";
    }
    if (!pod.annotation(MIRROR).isEmpty()) {
      return "the pod is static: it cannot be changed";
    }
    if (pod.spec().at("/os/name").asText().equals("windows")) {
      return "the pod is of Windows";
    }
    return pod.hasContainer(ISTIO_PROXY) ? "the pod has Istio's sidecar" : "";
  }

  /** Heddle's names hide Istio's, so that both meshes can be in one cluster. */
  private static Wish wish(Map<String, String> labels) {
    if (labels.containsKey(INJECT) || labels.containsKey(REVISION)) {
      return wish(labels, INJECT, labels.getOrDefault(REVISION, ""));
    }
    // Istio: the label of injection hides the one of the revision.
    return labels.containsKey(ISTIO_NAMESPACE)
        ? wish(labels, ISTIO_NAMESPACE, "")
        : wish(labels, ISTIO_NAMESPACE, labels.getOrDefault(ISTIO_REVISION, ""));
  }

  private static Wish wish(Map<String, String> labels, String switchLabel, String revision) {
    String written = labels.getOrDefault(switchLabel, "");
    if (written.equals("disabled")) {
      return new Wish(false, true, "", "its namespace has " + switchLabel + "=disabled");
    }
    if (written.equals("enabled")) {
      return new Wish(true, false, revision, "its namespace has " + switchLabel + "=enabled");
    }
    return revision.isEmpty()
        ? new Wish(false, false, "", "neither the pod nor its namespace asks for it")
        : new Wish(true, false, revision, "its namespace asks for revision " + revision);
  }

  private static String own(PodTree pod) {
    return first(
        pod.label(INJECT), pod.annotation(INJECT), pod.label(ISTIO_POD), pod.annotation(ISTIO_POD));
  }

  private static String wantedRevision(PodTree pod, Wish namespaces) {
    return first(
        pod.label(REVISION),
        pod.label(ISTIO_REVISION),
        namespaces.revision(),
        InjectionSettings.DEFAULT_REVISION);
  }

  private static String first(String... texts) {
    for (String text : texts) {
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }
}
