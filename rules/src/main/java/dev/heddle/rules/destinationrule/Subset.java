package dev.heddle.rules.destinationrule;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code Subset}. */
public record Subset(
    @Nullable String name, Map<String, String> labels, @Nullable TrafficPolicy trafficPolicy) {
  /** Absent lists and maps are empty ones. */
  public Subset {
    labels = labels == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
