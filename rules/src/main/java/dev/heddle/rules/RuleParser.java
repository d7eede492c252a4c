package dev.heddle.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.rules.destinationrule.DestinationRuleSpec;
import dev.heddle.rules.serviceentry.ServiceEntrySpec;
import dev.heddle.rules.serviceentry.WorkloadEntrySpec;
import dev.heddle.rules.virtualservice.VirtualServiceSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML text, however hostile, into objects or reasons why not; never throws for its content.
 */
public final class RuleParser {

  /** Characters of one text at most: Kubernetes takes objects of 1.5 MiB, files hold several. */
  public static final int MAX_TEXT_CHARS = 4 * 1024 * 1024;

  private static final String ISTIO_GROUP = "networking.istio.io/";
  private static final List<String> ISTIO_VERSIONS = List.of("v1", "v1beta1", "v1alpha3");

  private final SpecReader reader = new SpecReader();

  /** Every document of the text; one Refused for the whole where it is no YAML. */
  public List<Parsed> parse(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setCodePointLimit(MAX_TEXT_CHARS)
            .setMaxAliasesForCollections(50)
            .build();
    List<Parsed> documents = new ArrayList<>();
    try {
      for (Node node : new Compose(settings).composeAllFromString(text)) {
        document(node, documents);
      }
      return documents;
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      int column = e.getProblemMark().map(mark -> mark.getColumn() + 1).orElse(0);
      return List.of(noYaml(line, column, String.valueOf(e.getProblem())));
    } catch (YamlEngineException | IllegalArgumentException e) {
      return List.of(noYaml(0, 0, String.valueOf(e.getMessage())));
    } catch (StackOverflowError e) {
      return List.of(noYaml(0, 0, "nested too deeply to be read"));
    }
  }

  private static Parsed noYaml(int line, int column, String reason) {
    return new Parsed.Refused(
        "", "", "", List.of(new RuleProblem("", "", "", "", line, column, "not YAML: " + reason)));
  }

  private void document(Node node, List<Parsed> documents) {
    YamlDocument document = new YamlDocument(node);
    JsonNode tree = document.tree();
    if (tree.isNull()) {
      return;
    }
    if (tree.path("kind").asText().equals("List") && tree.path("items").isArray()) {
      for (int i = 0; i < tree.get("items").size(); i++) {
        documents.add(object(document, tree.get("items").get(i), List.of("items", i)));
      }
      return;
    }
    documents.add(object(document, tree, List.of()));
  }

  private Parsed object(YamlDocument document, JsonNode tree, List<Object> root) {
    String apiVersion = tree.path("apiVersion").asText();
    String kind = tree.path("kind").asText();
    Metadata metadata = metadata(tree.path("metadata"));
    ObjectReport report = new ObjectReport(document, root, kind, metadata);
    if (apiVersion.isEmpty() || kind.isEmpty()) {
      return report.refuse(List.of(), "has no apiVersion or kind (expected: a Kubernetes object)");
    }
    if (metadata.name().isEmpty()) {
      return report.refuse(List.of("metadata", "name"), "is empty (expected: the object's name)");
    }
    if (!apiVersion.startsWith(ISTIO_GROUP)) {
      int line = document.place(root).line();
      return new Parsed.Foreign(apiVersion, kind, metadata, tree, line);
    }
    if (!ISTIO_VERSIONS.contains(apiVersion.substring(ISTIO_GROUP.length()))) {
      return report.refuse(
          List.of("apiVersion"),
          "is " + apiVersion + " (expected: version " + ISTIO_VERSIONS + ")");
    }
    return rule(tree, kind, metadata, report);
  }

  private Parsed rule(JsonNode tree, String kind, Metadata metadata, ObjectReport report) {
    try {
      JsonNode spec = tree.path("spec");
      Rule rule =
          switch (kind) {
            case "VirtualService" ->
                new VirtualService(metadata, reader.read(spec, VirtualServiceSpec.class));
            case "DestinationRule" ->
                new DestinationRule(metadata, reader.read(spec, DestinationRuleSpec.class));
            case "ServiceEntry" ->
                new ServiceEntry(metadata, reader.read(spec, ServiceEntrySpec.class));
            case "WorkloadEntry" ->
                new WorkloadEntry(metadata, reader.read(spec, WorkloadEntrySpec.class));
            default -> null;
          };
      return rule == null
          ? report.refuse(List.of("kind"), "is " + kind + ", which is not supported yet")
          : checked(rule, report);
    } catch (SpecReader.Mismatch e) {
      List<Object> path = new ArrayList<>(List.of("spec"));
      path.addAll(e.path);
      return report.refuse(path, e.reason);
    }
  }

  private static Parsed checked(Rule rule, ObjectReport report) {
    SpecWalk walk = SpecWalk.through(rule.spec());
    List<SpecWalk.Finding> errors = new ArrayList<>(walk.clashes());
    errors.addAll(RuleValidator.check(rule));
    return errors.isEmpty()
        ? new Parsed.Accepted(rule, report.problems(walk.notYet()))
        : report.refuse(errors);
  }

  private static Metadata metadata(JsonNode tree) {
    String namespace = tree.path("namespace").asText(Metadata.DEFAULT_NAMESPACE);
    return new Metadata(
        namespace.isEmpty() ? Metadata.DEFAULT_NAMESPACE : namespace,
        tree.path("name").asText(""),
        texts(tree.path("labels")),
        texts(tree.path("annotations")),
        tree.path("creationTimestamp").asText(""));
  }

  private static Map<String, String> texts(JsonNode tree) {
    Map<String, String> texts = new LinkedHashMap<>();
    tree.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return Map.copyOf(texts);
  }
}
