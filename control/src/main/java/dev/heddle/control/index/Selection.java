package dev.heddle.control.index;

import dev.heddle.rules.Metadata;
import dev.heddle.rules.security.PolicySelector;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** To which workloads a security policy applies: those of its namespace, the root's to all. */
final class Selection {

  private Selection() {}

  static boolean applies(
      Metadata policy,
      @Nullable PolicySelector selector,
      String root,
      String namespace,
      Map<String, String> labels) {
    boolean inScope = policy.namespace().equals(namespace) || policy.namespace().equals(root);
    return inScope && selects(selector, labels);
  }

  /** Whether the labels have all that the selector names; without one it takes every workload. */
  static boolean selects(@Nullable PolicySelector selector, Map<String, String> labels) {
    return selector == null || labels.entrySet().containsAll(selector.matchLabels().entrySet());
  }
}
