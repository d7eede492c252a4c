package dev.heddle.control.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.control.index.RuleCheck;
import dev.heddle.rules.Parsed;
import dev.heddle.rules.RuleParser;
import dev.heddle.rules.RuleProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers for Istio's kinds: refuses what control would not take into force, with the same words,
 * and warns of fields that have no effect yet.
 */
public final class Validator {

  private static final AdmissionAnswer FINE = AdmissionAnswer.allow(List.of());

  private final RuleParser parser = new RuleParser();
  private final RuleCheck check;
  private final AdmissionEvents events;

  /** Validates with the same check as whoever takes rules into force. */
  public Validator(RuleCheck check, AdmissionEvents events) {
    this.check = check;
    this.events = events;
  }

  AdmissionAnswer review(AdmissionRequest request) {
    if (request.object().isEmpty() || goesAway(request) || saysTheSame(request)) {
      return FINE;
    }
    AdmissionAnswer answer = judge(object(request));
    events.rule(answer.allowed());
    return answer;
  }

  /** Finalizers are taken off one by one; nothing may stand in their way. */
  private static boolean goesAway(AdmissionRequest request) {
    return request.object().path("metadata").has("deletionTimestamp");
  }

  /** Labels of a rule that is wrong since before this webhook was there can be changed. */
  private static boolean saysTheSame(AdmissionRequest request) {
    return request.oldObject().has("spec")
        && request.object().path("spec").equals(request.oldObject().path("spec"))
        && request
            .object()
            .path("metadata")
            .path("annotations")
            .equals(request.oldObject().path("metadata").path("annotations"));
  }

  private static ObjectNode object(AdmissionRequest request) {
    ObjectNode object = request.object().deepCopy();
    ObjectNode metadata = PodTree.object(object, "metadata");
    metadata.remove("managedFields"); // longer than all else, and nothing of the rule
    if (!metadata.hasNonNull("namespace")) {
      metadata.put("namespace", request.namespace());
    }
    return object;
  }

  private AdmissionAnswer judge(ObjectNode object) {
    List<Parsed> parsed = parser.parse(object.toString()); // JSON is YAML
    if (parsed.size() != 1) {
      return AdmissionAnswer.refuse("the object is empty or a list of several", List.of());
    }
    return switch (parsed.getFirst()) {
      case Parsed.Accepted accepted -> accepted(accepted);
      case Parsed.Refused refused -> AdmissionAnswer.refuse(text(refused.problems()), List.of());
      case Parsed.Foreign foreign -> FINE;
    };
  }

  private AdmissionAnswer accepted(Parsed.Accepted accepted) {
    try {
      check.check(accepted.rule());
    } catch (RuntimeException e) { // as where rules are taken into force: the reason refuses it
      return AdmissionAnswer.refuse(String.valueOf(e.getMessage()), List.of());
    }
    List<String> warnings = new ArrayList<>();
    accepted.warnings().forEach(problem -> warnings.add(text(problem)));
    warnings.addAll(check.warnings(accepted.rule()));
    return AdmissionAnswer.allow(warnings);
  }

  private static String text(List<RuleProblem> problems) {
    return String.join("; ", problems.stream().map(Validator::text).toList());
  }

  private static String text(RuleProblem problem) {
    return problem.path().isEmpty() ? problem.message() : problem.path() + " " + problem.message();
  }
}
