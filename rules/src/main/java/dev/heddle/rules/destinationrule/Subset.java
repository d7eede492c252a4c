package dev.heddle.rules.destinationrule;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code Subset}. */
public record Subset(
    @Required @Description("What routes call it.") @Nullable String name,
    @Description("Labels of its endpoints.") Map<String, String> labels,
    @Description("How it is called, where that differs.") @Nullable TrafficPolicy trafficPolicy) {
  /** Absent lists and maps are empty ones. */
  public Subset {
    labels = labels == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
