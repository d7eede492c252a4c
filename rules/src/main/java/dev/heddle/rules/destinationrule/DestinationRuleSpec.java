package dev.heddle.rules.destinationrule;

import dev.heddle.rules.NotYet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code DestinationRule}. */
public record DestinationRuleSpec(
    @Nullable String host,
    @Nullable TrafficPolicy trafficPolicy,
    List<Subset> subsets,
    List<String> exportTo,
    @NotYet Map<String, Object> workloadSelector) {
  /** Absent lists and maps are empty ones. */
  public DestinationRuleSpec {
    subsets = subsets == null ? List.of() : List.copyOf(subsets);
    exportTo = exportTo == null ? List.of() : List.copyOf(exportTo);
    workloadSelector =
        workloadSelector == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(workloadSelector));
  }
}
