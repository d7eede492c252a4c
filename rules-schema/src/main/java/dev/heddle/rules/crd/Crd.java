package dev.heddle.rules.crd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.rules.RuleKind;
import java.util.List;
import java.util.Locale;

/** The CustomResourceDefinition of a kind ({@code apiextensions.k8s.io/v1}). */
final class Crd {

  /** By this label {@code heddle install} tells CRDs of ours from Istio's. */
  private static final String PART_OF = "app.kubernetes.io/part-of";

  private final SpecSchema schemas = new SpecSchema();

  /** Its name: {@code virtualservices.networking.istio.io}. */
  static String name(RuleKind<?> kind) {
    return kind.plural() + "." + kind.group();
  }

  ObjectNode of(RuleKind<?> kind) {
    ObjectNode crd = JsonNodeFactory.instance.objectNode();
    crd.put("apiVersion", "apiextensions.k8s.io/v1");
    crd.put("kind", "CustomResourceDefinition");
    ObjectNode metadata = crd.putObject("metadata");
    metadata.putObject("labels").put(PART_OF, "heddle");
    metadata.put("name", name(kind));
    ObjectNode spec = crd.putObject("spec");
    spec.put("group", kind.group());
    names(kind, spec.putObject("names"));
    spec.put("scope", "Namespaced");
    ArrayNode versions = spec.putArray("versions");
    kind.versions().forEach(version -> version(kind, version, versions.addObject()));
    return crd;
  }

  private static void names(RuleKind<?> kind, ObjectNode names) {
    names
        .putArray("categories")
        .add("istio-io")
        .add(kind.group().substring(0, kind.group().indexOf('.')) + "-istio-io");
    names.put("kind", kind.name());
    names.put("listKind", kind.name() + "List");
    names.put("plural", kind.plural());
    if (!kind.shortNames().isEmpty()) {
      kind.shortNames().forEach(names.putArray("shortNames")::add);
    }
    names.put("singular", kind.name().toLowerCase(Locale.ROOT));
  }

  private void version(RuleKind<?> kind, String name, ObjectNode version) {
    List<PrinterColumn> columns = PrinterColumn.of(kind);
    ArrayNode printed = version.putArray("additionalPrinterColumns");
    columns.forEach(column -> column.write(printed.addObject()));
    version.put("name", name);
    ObjectNode schema = version.putObject("schema").putObject("openAPIV3Schema");
    schema.put("type", "object");
    schema.putArray("required").add("spec");
    ObjectNode properties = schema.putObject("properties");
    properties.set("spec", schemas.of(kind.spec()));
    properties.set("status", StatusSchema.schema());
    version.put("served", true);
    version.put("storage", name.equals(kind.versions().getFirst()));
    version.putObject("subresources").putObject("status");
  }
}
