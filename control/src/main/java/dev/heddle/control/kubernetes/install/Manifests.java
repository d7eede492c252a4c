package dev.heddle.control.kubernetes.install;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.control.kubernetes.install.Kustomization.ImageField;
import dev.heddle.control.kubernetes.install.Kustomization.Patch;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The objects of the mesh, as {@code kubectl kustomize} makes them from the same folders; a test
 * compares the two.
 */
public final class Manifests {

  private static final String CRD = "CustomResourceDefinition";

  private final List<JsonNode> objects;

  private Manifests(List<JsonNode> objects) {
    this.objects = List.copyOf(objects);
  }

  /**
   * Reads an overlay.
   *
   * @param home the folder {@code k8s}
   * @param overlay {@code base} or the name of another
   * @param registry what stands before {@code /control:TAG}
   */
  public static Manifests read(Path home, String overlay, String registry, String tag)
      throws IOException {
    Path folder =
        overlay.equals("base") ? home.resolve(overlay) : home.resolve("overlays").resolve(overlay);
    if (!overlays(home).contains(overlay)) {
      throw new IOException(
          "no overlay \"" + overlay + "\" (expected: " + String.join(", ", overlays(home)) + ")");
    }
    List<ImageField> fields = new ArrayList<>();
    List<JsonNode> objects = render(folder, fields);
    ImageNames names = ImageNames.in(registry, tag);
    objects.forEach(object -> names.putInto(object, fields));
    return new Manifests(objects);
  }

  /** What can be installed. */
  public static List<String> overlays(Path home) throws IOException {
    try (Stream<Path> folders = Files.list(home.resolve("overlays"))) {
      return Stream.concat(
              Stream.of("base"), folders.map(folder -> folder.getFileName().toString()).sorted())
          .toList();
    }
  }

  /** Without the kinds of rules, where another mesh brought them. */
  public Manifests withoutRuleKinds() {
    return new Manifests(
        objects.stream().filter(object -> !object.path("kind").asText().equals(CRD)).toList());
  }

  /** A document for each object, in an order in which they can be applied. */
  public String yaml() throws IOException {
    StringBuilder text = new StringBuilder();
    for (JsonNode object : objects) {
      text.append(YamlFiles.text(object));
    }
    return text.toString();
  }

  List<JsonNode> objects() {
    return objects;
  }

  private static List<JsonNode> render(Path folder, List<ImageField> fields) throws IOException {
    Kustomization kustomization = Kustomization.read(folder);
    fields.addAll(kustomization.imageFields());
    List<JsonNode> objects = new ArrayList<>();
    for (Path resource : kustomization.resources()) {
      objects.addAll(
          Files.isDirectory(resource) ? render(resource, fields) : YamlFiles.all(resource));
    }
    for (Patch patch : kustomization.patches()) {
      apply(patch, objects, folder);
    }
    return objects;
  }

  private static void apply(Patch patch, List<JsonNode> objects, Path folder) throws IOException {
    boolean found = false;
    for (int i = 0; i < objects.size(); i++) {
      if (patch.isFor(objects.get(i))) {
        objects.set(i, patched(patch, objects.get(i), folder));
        found = true;
      }
    }
    if (!found) {
      throw new IOException(
          folder
              + ": a patch is for "
              + patch.kind()
              + " "
              + patch.name()
              + ", which is not there");
    }
  }

  private static JsonNode patched(Patch patch, JsonNode object, Path folder) throws IOException {
    try {
      return JsonPatch.apply(patch.operations(), object);
    } catch (JsonPatchException e) {
      throw new IOException(
          folder + ": patch of " + patch.kind() + " " + patch.name() + ": " + e.getMessage(), e);
    }
  }
}
