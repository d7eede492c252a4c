package dev.heddle.control.kubernetes.install;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A {@code kustomization.yaml}: the fields of it that folders below {@code k8s} use. Another field
 * is an error, for it would be left out silently.
 *
 * @param resources files and folders
 * @param patches RFC 6902, each with the objects that it is for
 * @param imageFields fields that name an image besides those of containers
 */
record Kustomization(List<Path> resources, List<Patch> patches, List<ImageField> imageFields) {

  private static final String FILE = "kustomization.yaml";
  private static final Set<String> FIELDS =
      Set.of("apiVersion", "kind", "resources", "components", "patches", "configurations");

  /** A change to the objects of a kind and name. */
  record Patch(String kind, String name, JsonNode operations) {

    boolean isFor(JsonNode object) {
      return object.path("kind").asText().equals(kind)
          && object.at("/metadata/name").asText().equals(name);
    }
  }

  /** A field of the objects of a kind; lists on the way are walked. */
  record ImageField(String kind, List<String> path) {}

  static Kustomization read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    JsonNode yaml = YamlFiles.only(file);
    for (String field : (Iterable<String>) yaml::fieldNames) {
      if (!FIELDS.contains(field)) {
        throw new IOException(
            file
                + ": field "
                + field
                + " is not rendered here (expected: "
                + String.join(", ", FIELDS.stream().sorted().toList())
                + "); apply that folder with kubectl apply -k");
      }
    }
    List<Path> resources = new ArrayList<>();
    for (String list : List.of("resources", "components")) {
      yaml.path(list).forEach(path -> resources.add(folder.resolve(path.asText()).normalize()));
    }
    List<Patch> patches = new ArrayList<>();
    for (JsonNode patch : yaml.path("patches")) {
      JsonNode target = patch.path("target");
      patches.add(
          new Patch(
              target.path("kind").asText(),
              target.path("name").asText(),
              YamlFiles.parse(patch.path("patch").asText(), file)));
    }
    List<ImageField> fields = new ArrayList<>();
    for (JsonNode configuration : yaml.path("configurations")) {
      for (JsonNode field : YamlFiles.only(folder.resolve(configuration.asText())).path("images")) {
        fields.add(
            new ImageField(
                field.path("kind").asText(), List.of(field.path("path").asText().split("/"))));
      }
    }
    return new Kustomization(List.copyOf(resources), List.copyOf(patches), List.copyOf(fields));
  }
}
