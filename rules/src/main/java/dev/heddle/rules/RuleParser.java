package dev.heddle.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads YAML text, however hostile, into objects or reasons why not; never throws for its content.
 */
public final class RuleParser {

  /** Characters of one text at most: Kubernetes takes objects of 1.5 MiB, files hold several. */
  public static final int MAX_TEXT_CHARS = 4 * 1024 * 1024;

  /** Objects of one text at most: with 400 characters each they fill it. */
  static final int MAX_OBJECTS = 10_000;

  private final RuleKinds kinds = new RuleKinds();

  /** Every document of the text; one Refused for the whole where it is no YAML. */
  public List<Parsed> parse(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setCodePointLimit(MAX_TEXT_CHARS)
            .setBufferSize(Math.max(1, text.length())) // a huge scalar is copied at each refill
            .setMaxAliasesForCollections(BoundedEvents.MAX_VALUES) // what they expand to counts
            .setAllowNonScalarKeys(true) // refused with their place
            .build();
    List<Parsed> objects = new ArrayList<>();
    YamlDocument.Budget budget = new YamlDocument.Budget();
    try {
      StreamReader characters = new StreamReader(settings, text);
      Parser events = new BoundedEvents(new ParserImpl(settings, characters));
      Composer documents = new Composer(settings, events);
      while (documents.hasNext()) {
        document(new YamlDocument(documents.next(), budget), objects);
        if (objects.size() > MAX_OBJECTS) {
          throw YamlLimitException.objects(MAX_OBJECTS);
        }
      }
      return objects;
    } catch (YamlLimitException e) {
      return List.of(refused(YamlDocument.Place.of(e.getProblemMark()), e.getProblem()));
    } catch (MarkedYamlEngineException e) {
      YamlDocument.Place place = YamlDocument.Place.of(e.getProblemMark());
      return List.of(refused(place, "not YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      return List.of(refused(YamlDocument.Place.UNKNOWN, "not YAML: " + e.getMessage()));
    }
  }

  private static Parsed refused(YamlDocument.Place place, String reason) {
    RuleProblem problem = new RuleProblem("", "", "", "", place.line(), place.column(), reason);
    return new Parsed.Refused("", "", "", List.of(problem));
  }

  private void document(YamlDocument document, List<Parsed> objects) {
    JsonNode tree = document.tree();
    if (tree.isNull()) {
      return;
    }
    boolean list = tree.path("kind").asText().equals("List") && tree.path("items").isArray();
    if (list && document.flaws().isEmpty()) {
      for (int i = 0; i < tree.get("items").size(); i++) {
        objects.add(object(document, tree.get("items").get(i), List.of("items", i)));
      }
      return;
    }
    objects.add(object(document, tree, List.of()));
  }

  private Parsed object(YamlDocument document, JsonNode tree, List<Object> root) {
    String apiVersion = tree.path("apiVersion").asText();
    String kind = tree.path("kind").asText();
    Metadata metadata = metadata(tree.path("metadata"));
    ObjectReport report = new ObjectReport(document, root, kind, metadata);
    if (!document.flaws().isEmpty()) {
      return report.refuseFlaws(document.flaws());
    }
    if (apiVersion.isEmpty() || kind.isEmpty()) {
      return report.refuse(List.of(), "has no apiVersion or kind (expected: a Kubernetes object)");
    }
    if (metadata.name().isEmpty()) {
      return report.refuse(List.of("metadata", "name"), "is empty (expected: the object's name)");
    }
    List<String> versions = RuleKinds.versions(apiVersion);
    if (versions == null) {
      int line = document.place(root).line();
      return new Parsed.Foreign(apiVersion, kind, metadata, tree, line);
    }
    if (!versions.contains(apiVersion.substring(apiVersion.indexOf('/') + 1))) {
      return report.refuse(
          List.of("apiVersion"),
          "is "
              + Excerpt.of(apiVersion, Excerpt.VALUE_CHARS)
              + " (expected: version "
              + versions
              + ")");
    }
    SpecWalk.Finding name = ObjectNames.check(metadata);
    return name == null ? rule(tree, kind, metadata, report) : report.refuse(List.of(name));
  }

  private Parsed rule(JsonNode tree, String kind, Metadata metadata, ObjectReport report) {
    try {
      Rule rule = kinds.read(tree.path("apiVersion").asText(), kind, metadata, tree.path("spec"));
      return rule == null
          ? report.refuse(
              List.of("kind"),
              "is " + Excerpt.of(kind, Excerpt.VALUE_CHARS) + ", which is not supported yet")
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
