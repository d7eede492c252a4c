package dev.heddle.control.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The JSON of a pod, completed in place. What is added is known by its name and never added twice,
 * so that a second pass changes nothing.
 */
final class PodTree {

  private final ObjectNode pod;

  PodTree(ObjectNode pod) {
    this.pod = pod;
  }

  ObjectNode tree() {
    return pod;
  }

  JsonNode spec() {
    return pod.path("spec");
  }

  /** Empty where it is absent. */
  String label(String name) {
    return pod.path("metadata").path("labels").path(name).asText("");
  }

  /** Empty where it is absent. */
  String annotation(String name) {
    return pod.path("metadata").path("annotations").path(name).asText("");
  }

  boolean hasAnnotationBelow(String prefix) {
    return pod.path("metadata").path("annotations").properties().stream()
        .anyMatch(entry -> entry.getKey().startsWith(prefix));
  }

  /** Name and value, in the order of names. */
  SortedMap<String, String> labels() {
    SortedMap<String, String> labels = new TreeMap<>();
    pod.path("metadata")
        .path("labels")
        .properties()
        .forEach(entry -> labels.put(entry.getKey(), entry.getValue().asText()));
    return labels;
  }

  void setLabelIfAbsent(String name, String value) {
    ObjectNode labels = object(object(pod, "metadata"), "labels");
    if (!labels.has(name)) {
      labels.put(name, value);
    }
  }

  void setAnnotation(String name, String value) {
    object(object(pod, "metadata"), "annotations").put(name, value);
  }

  /** Those that are no init containers. */
  List<ObjectNode> containers() {
    return objects(spec().path("containers"));
  }

  List<ObjectNode> initContainers() {
    return objects(spec().path("initContainers"));
  }

  /** An init container that goes on beside the app: a native sidecar (KEP-753). */
  static boolean isSidecar(ObjectNode initContainer) {
    return initContainer.path("restartPolicy").asText().equals("Always");
  }

  /** What runs at the same time: native sidecars and the app's containers. */
  List<ObjectNode> containersTogether() {
    List<ObjectNode> together = new ArrayList<>(initContainers());
    together.removeIf(each -> !isSidecar(each));
    together.addAll(containers());
    return together;
  }

  boolean hasContainer(String name) {
    return named(spec().path("containers"), name).isPresent()
        || named(spec().path("initContainers"), name).isPresent();
  }

  /** Before all others, which may need what it does. */
  void addInitContainer(ObjectNode container) {
    ArrayNode containers = array(object(pod, "spec"), "initContainers");
    if (named(containers, container.path("name").asText()).isEmpty()) {
      containers.insert(0, container);
    }
  }

  void addVolume(ObjectNode volume) {
    ArrayNode volumes = array(object(pod, "spec"), "volumes");
    if (named(volumes, volume.path("name").asText()).isEmpty()) {
      volumes.add(volume);
    }
  }

  static void addMount(ObjectNode container, ObjectNode mount) {
    ArrayNode mounts = array(container, "volumeMounts");
    String path = mount.path("mountPath").asText();
    boolean there =
        objects(mounts).stream().anyMatch(each -> each.path("mountPath").asText().equals(path));
    if (!there) {
      mounts.add(mount);
    }
  }

  /** The app's own value of a variable holds. */
  static void addVariable(ObjectNode container, ObjectNode variable) {
    ArrayNode env = array(container, "env");
    if (named(env, variable.path("name").asText()).isEmpty()) {
      env.add(variable);
    }
  }

  /** The value of a plain variable; empty where it is absent or comes from elsewhere. */
  static String variable(ObjectNode container, String name) {
    return named(container.path("env"), name).map(v -> v.path("value").asText("")).orElse("");
  }

  static boolean hasVariable(ObjectNode container, String name) {
    return named(container.path("env"), name).isPresent();
  }

  /** The last one of this name, which is the one that holds. */
  static Optional<ObjectNode> named(JsonNode items, String name) {
    return objects(items).stream()
        .filter(item -> item.path("name").asText().equals(name))
        .reduce((first, second) -> second);
  }

  static List<ObjectNode> objects(JsonNode items) {
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode item : items) {
      if (item instanceof ObjectNode object) {
        objects.add(object);
      }
    }
    return objects;
  }

  static ArrayNode array(ObjectNode of, String field) {
    return of.get(field) instanceof ArrayNode there ? there : of.putArray(field);
  }

  static ObjectNode object(ObjectNode of, String field) {
    return of.get(field) instanceof ObjectNode there ? there : of.putObject(field);
  }
}
