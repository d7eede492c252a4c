package dev.heddle.rules;

import dev.heddle.rules.security.PolicySelector;
import org.jspecify.annotations.Nullable;

/** What Istio's validation refuses of a selector of workloads. */
final class SelectorValidator {

  private SelectorValidator() {}

  static void check(@Nullable PolicySelector selector, Spot spot) {
    if (selector == null) {
      return;
    }
    selector
        .matchLabels()
        .forEach(
            (label, value) -> {
              if (label.isEmpty()) {
                spot.at("matchLabels").wrong("has a label without a name");
              } else if (label.contains("*") || String.valueOf(value).contains("*")) {
                spot.at("matchLabels", label).wrong("has a wildcard; a selector takes none");
              }
            });
  }

  /** A policy is about workloads or about the resources that it names. */
  static void checkOneTarget(
      @Nullable PolicySelector selector, boolean targetRef, boolean targetRefs, Spot spec) {
    int set = (selector == null ? 0 : 1) + (targetRef ? 1 : 0) + (targetRefs ? 1 : 0);
    if (set > 1) {
      spec.wrong("has several of selector, targetRef and targetRefs (expected: at most one)");
    }
  }
}
