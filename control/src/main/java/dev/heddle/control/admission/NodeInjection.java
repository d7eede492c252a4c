package dev.heddle.control.admission;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Hands a pod over to the daemon of its node before the app starts: an init container redirects its
 * traffic, for which it needs NET_ADMIN. It ends when the daemon has the pod, so no app runs
 * outside of the mesh, and Jobs end.
 */
final class NodeInjection {

  static final String INIT_CONTAINER = "heddle-init";

  private static final String TRAFFIC = "traffic.sidecar.istio.io/";
  private static final String SOCKET_VOLUME = "heddle-node";
  private static final String SOCKETS = "/run/heddle";
  private static final String INFO_VOLUME = "heddle-podinfo";
  private static final String INFO = "/etc/heddle/podinfo";

  private final InjectionSettings settings;

  NodeInjection(InjectionSettings settings) {
    this.settings = settings;
  }

  /** No container of the app is touched. */
  List<String> apply(PodTree pod) {
    boolean annotated = pod.hasAnnotationBelow(TRAFFIC);
    pod.addInitContainer(init(annotated));
    ObjectNode socket = node().put("name", SOCKET_VOLUME);
    socket.putObject("hostPath").put("path", SOCKETS).put("type", "DirectoryOrCreate");
    pod.addVolume(socket);
    if (annotated) {
      ObjectNode info = node().put("name", INFO_VOLUME);
      ObjectNode file = info.putObject("downwardAPI").putArray("items").addObject();
      file.put("path", "annotations")
          .putObject("fieldRef")
          .put("fieldPath", "metadata.annotations");
      pod.addVolume(info);
    }
    return List.of();
  }

  private ObjectNode init(boolean annotated) {
    ObjectNode init = node().put("name", INIT_CONTAINER).put("image", settings.nodeImage());
    init.put("imagePullPolicy", "IfNotPresent");
    init.putArray("command").add("heddle-init");
    ArrayNode arguments = init.putArray("args");
    arguments.add("--daemon").add(SOCKETS + "/node.sock");
    arguments.add("--pod").add("$(HEDDLE_NAMESPACE)/$(HEDDLE_WORKLOAD)");
    ArrayNode mounts = init.putArray("volumeMounts");
    mounts.addObject().put("name", SOCKET_VOLUME).put("mountPath", SOCKETS).put("readOnly", true);
    if (annotated) {
      arguments.add("--annotations").add(INFO + "/annotations");
      mounts.addObject().put("name", INFO_VOLUME).put("mountPath", INFO).put("readOnly", true);
    }
    init.putArray("env")
        .add(AgentInjection.field("HEDDLE_NAMESPACE", "metadata.namespace"))
        .add(AgentInjection.field("HEDDLE_WORKLOAD", "metadata.name"));
    ObjectNode resources = init.putObject("resources");
    resources.putObject("requests").put("cpu", "10m").put("memory", "32Mi");
    // A JVM of 60 to 74 MB (docs/reference/init.md) that should not hold up the pod's start.
    resources.putObject("limits").put("cpu", "1").put("memory", "128Mi");
    ObjectNode security = init.putObject("securityContext");
    security.put("allowPrivilegeEscalation", false).put("privileged", false);
    security.put("runAsNonRoot", false).put("runAsUser", 0).put("runAsGroup", 0);
    ObjectNode capabilities = security.putObject("capabilities");
    capabilities.putArray("drop").add("ALL");
    capabilities.putArray("add").add("NET_ADMIN");
    security.putObject("seccompProfile").put("type", "RuntimeDefault");
    return init;
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
