package dev.heddle.rules.serviceentry;

import dev.heddle.rules.schema.Cel;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Size;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Istio networking {@code WorkloadSelector}. */
public record WorkloadSelector(
    @Size(max = 256) @Description("Labels that workloads must have.")
        Map<
                String,
                @Size(max = 63)
                @Cel(
                    rule = "!self.contains('*')",
                    message = "wildcard not allowed in label value match")
                String>
            labels) {
  /** Absent lists and maps are empty ones. */
  public WorkloadSelector {
    labels = labels == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
