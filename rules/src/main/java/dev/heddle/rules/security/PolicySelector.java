package dev.heddle.rules.security;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Istio {@code type.v1beta1.WorkloadSelector}; no labels select every workload. */
public record PolicySelector(Map<String, String> matchLabels) {
  /** Absent labels are none. */
  public PolicySelector {
    matchLabels =
        matchLabels == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(matchLabels));
  }
}
