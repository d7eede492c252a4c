package dev.heddle.control.kubernetes.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.heddle.control.kubernetes.install.Kustomization.ImageField;
import java.util.List;
import java.util.Map;

/**
 * What images are called in a registry, as {@code images:} of kustomize does it.
 *
 * @param names from the names in the manifests
 */
record ImageNames(Map<String, String> names) {

  /** As {@code k8s/images/build} calls them. */
  static ImageNames in(String registry, String tag) {
    return new ImageNames(
        Map.of(
            "heddle-control", registry + "/control:" + tag,
            "heddle-node", registry + "/node:" + tag,
            "heddle-agent", registry + "/agent:" + tag,
            "heddle-samples", registry + "/samples:" + tag,
            "heddle-samples-python", registry + "/samples-python:" + tag));
  }

  void putInto(JsonNode object, List<ImageField> fields) {
    containers(object);
    for (ImageField field : fields) {
      if (object.path("kind").asText().equals(field.kind())) {
        walk(object, field.path());
      }
    }
  }

  private void containers(JsonNode node) {
    for (String list : List.of("containers", "initContainers")) {
      node.path(list).forEach(container -> rename(container, "image"));
    }
    node.forEach(this::containers);
  }

  private void walk(JsonNode node, List<String> path) {
    if (node.isArray()) {
      node.forEach(element -> walk(element, path));
    } else if (path.size() == 1) {
      rename(node, path.getFirst());
    } else {
      walk(node.path(path.getFirst()), path.subList(1, path.size()));
    }
  }

  private void rename(JsonNode node, String field) {
    String name = names.get(node.path(field).asText());
    if (name != null && node instanceof ObjectNode object) {
      object.set(field, TextNode.valueOf(name));
    }
  }
}
