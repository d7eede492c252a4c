package dev.heddle.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What one YAML document turned out to be. */
public sealed interface Parsed {

  /** An object of one of Istio's kinds; warnings name fields that are not honoured yet. */
  record Accepted(Rule rule, List<RuleProblem> warnings) implements Parsed {}

  /** An object of another kind, as it stands. */
  record Foreign(String apiVersion, String kind, Metadata metadata, JsonNode tree, int line)
      implements Parsed {}

  /** An object that is refused; kind, namespace and name as far as they could be read. */
  record Refused(String kind, String namespace, String name, List<RuleProblem> problems)
      implements Parsed {}
}
