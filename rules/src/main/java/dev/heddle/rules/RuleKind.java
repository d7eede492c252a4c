package dev.heddle.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.BiFunction;

/** One of Istio's kinds that is read: how the API server calls it, and the record of its spec. */
public final class RuleKind<S extends Record> {

  private final String group;
  private final List<String> versions;
  private final String name;
  private final String plural;
  private final List<String> shortNames;
  private final Class<S> spec;
  private final BiFunction<Metadata, S, Rule> rule;

  RuleKind(
      String group,
      List<String> versions,
      String name,
      String plural,
      List<String> shortNames,
      Class<S> spec,
      BiFunction<Metadata, S, Rule> rule) {
    this.group = group;
    this.versions = versions;
    this.name = name;
    this.plural = plural;
    this.shortNames = shortNames;
    this.spec = spec;
    this.rule = rule;
  }

  /** Its API group, like {@code networking.istio.io}. */
  public String group() {
    return group;
  }

  /** The versions in which it is served; they hold the same objects. The first is stored. */
  public List<String> versions() {
    return versions;
  }

  /** As in YAML: {@code VirtualService}. */
  public String name() {
    return name;
  }

  /** As in paths of the API: {@code virtualservices}. */
  public String plural() {
    return plural;
  }

  /** What kubectl takes instead: {@code vs}; may be none. */
  public List<String> shortNames() {
    return shortNames;
  }

  /** What its spec is read into. */
  public Class<S> spec() {
    return spec;
  }

  Rule read(Metadata metadata, JsonNode tree, SpecReader reader) throws SpecReader.Mismatch {
    return rule.apply(metadata, reader.read(tree, spec));
  }
}
