package dev.heddle.rules;

import java.util.ArrayList;
import java.util.List;

/** Writes down what is wrong with one object, each with its place in the text. */
final class ObjectReport {

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
    return findings.stream().map(this::problem).toList();
  }

  private RuleProblem problem(SpecWalk.Finding finding) {
    List<Object> path = new ArrayList<>(root);
    path.addAll(finding.path());
    YamlDocument.Place place = document.place(path);
    return new RuleProblem(
        kind,
        metadata.namespace(),
        metadata.name(),
        text(finding.path()),
        place.line(),
        place.column(),
        finding.message());
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
