package dev.heddle.rules.serviceentry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Istio networking {@code WorkloadSelector}. */
public record WorkloadSelector(Map<String, String> labels) {
  /** Absent lists and maps are empty ones. */
  public WorkloadSelector {
    labels = labels == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
