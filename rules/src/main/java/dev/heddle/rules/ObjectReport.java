package dev.heddle.rules;

import java.util.ArrayList;
import java.util.List;

/** Writes down what is wrong with one object, each with its place in the text. */
final class ObjectReport {

  /** Problems told of one object: whoever wrote more needs no complete list to see it. */
  static final int MAX_PROBLEMS = 50;

  private final YamlDocument document;
  private final List<Object> root;
  private final String kind;
  private final Metadata metadata;

  ObjectReport(YamlDocument document, List<Object> root, String kind, Metadata metadata) {
    this.document = document;
    this.root = root;
    this.kind = kind;
    this.metadata = metadata;
  }

  Parsed refuse(List<Object> path, String message) {
    return refuse(List.of(new SpecWalk.Finding(path, message)));
  }

  Parsed refuse(List<SpecWalk.Finding> findings) {
    return new Parsed.Refused(kind, metadata.namespace(), metadata.name(), problems(findings));
  }

  List<RuleProblem> problems(List<SpecWalk.Finding> findings) {
    List<RuleProblem> problems = new ArrayList<>();
    findings.stream().limit(MAX_PROBLEMS).map(this::problem).forEach(problems::add);
    if (findings.size() > MAX_PROBLEMS) {
      String more = "has " + (findings.size() - MAX_PROBLEMS) + " problems more";
      problems.add(problem(new SpecWalk.Finding(List.of(), more)));
    }
    return List.copyOf(problems);
  }

  /** The object as a whole is refused for what its text has in these places. */
  Parsed refuseFlaws(List<YamlDocument.Flaw> flaws) {
    return new Parsed.Refused(
        kind,
        metadata.namespace(),
        metadata.name(),
        flaws.stream()
            .limit(MAX_PROBLEMS)
            .map(flaw -> problem("", flaw.place(), flaw.message()))
            .toList());
  }

  private RuleProblem problem(SpecWalk.Finding finding) {
    List<Object> path = new ArrayList<>(root);
    path.addAll(finding.path());
    return problem(text(finding.path()), document.place(path), finding.message());
  }

  private RuleProblem problem(String path, YamlDocument.Place place, String message) {
    return new RuleProblem(
        kind, metadata.namespace(), metadata.name(), path, place.line(), place.column(), message);
  }

  private static String text(List<Object> path) {
    StringBuilder text = new StringBuilder();
    for (Object step : path) {
      if (step instanceof Integer index) {
        text.append('[').append(index).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(step);
      }
    }
    return text.toString();
  }
}
