package dev.heddle.rules;

import dev.heddle.rules.virtualservice.HttpRouteRule;
import java.util.List;

/** Texts of objects, and what the parser says of them. */
final class Yaml {

  private Yaml() {}

  /** An object of a kind in flow style. */
  static String object(String kind, String spec) {
    return "{apiVersion: networking.istio.io/v1, kind: %s, metadata: {name: x}, spec: %s}"
        .formatted(kind, spec);
  }

  /** An object of Istio's security group in flow style. */
  static String security(String kind, String spec) {
    return object(kind, spec).replace("networking.istio.io", "security.istio.io");
  }

  /** An AuthorizationPolicy with one rule. */
  static String policy(String rule) {
    return security("AuthorizationPolicy", "{rules: [" + rule + "]}");
  }

  /** A VirtualService with one route and this field beside it, in line 6 from column 3 on. */
  static String routeWith(String field) {
    return """
    apiVersion: networking.istio.io/v1
    kind: VirtualService
    metadata: {name: reviews, namespace: bookinfo}
    spec: {hosts: [reviews], http: [{
      route: [{destination: {host: reviews}}],
      %s}]}"""
        .formatted(field);
  }

  /** The route of {@link #routeWith}; AssertionError with the problems if it is refused. */
  static HttpRouteRule route(String field) {
    return accepted(routeWith(field), VirtualService.class).spec().http().get(0);
  }

  static Parsed parse(String text) {
    List<Parsed> objects = new RuleParser().parse(text);
    if (objects.size() != 1) {
      throw new AssertionError("expected one object, found " + objects);
    }
    return objects.get(0);
  }

  /** The rule; AssertionError with the problems if it is refused. */
  static <T extends Rule> T accepted(String text, Class<T> kind) {
    if (parse(text) instanceof Parsed.Accepted accepted) {
      return kind.cast(accepted.rule());
    }
    throw new AssertionError(parse(text).toString());
  }

  /** What is wrong, a line for each problem; AssertionError if nothing is. */
  static String problems(String text) {
    if (parse(text) instanceof Parsed.Refused refused) {
      return lines(refused.problems());
    }
    throw new AssertionError("accepted: " + text);
  }

  /** What is not honoured; AssertionError if the object is refused. */
  static String warnings(String text) {
    if (parse(text) instanceof Parsed.Accepted accepted) {
      return lines(accepted.warnings());
    }
    throw new AssertionError(parse(text).toString());
  }

  private static String lines(List<RuleProblem> problems) {
    return String.join("\n", problems.stream().map(RuleProblem::toString).toList());
  }
}
