package dev.heddle.rules.security;

import dev.heddle.rules.NotYet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code AuthorizationPolicy}. */
public record AuthorizationPolicySpec(
    @Nullable PolicySelector selector,
    @NotYet @Nullable Map<String, Object> targetRef,
    @NotYet @Nullable List<Map<String, Object>> targetRefs,
    List<AccessRule> rules,
    @Nullable PolicyAction action,
    @Nullable ExtensionProvider provider) {
  /** Absent rules are none: they match nothing. */
  public AuthorizationPolicySpec {
    targetRefs = targetRefs == null || targetRefs.isEmpty() ? null : targetRefs;
    rules = rules == null ? List.of() : List.copyOf(rules);
  }
}
