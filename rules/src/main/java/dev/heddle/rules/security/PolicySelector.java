package dev.heddle.rules.security;

import dev.heddle.rules.schema.Cel;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Size;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Istio {@code type.v1beta1.WorkloadSelector}; no labels select every workload. */
public record PolicySelector(
    @Size(max = 4096)
        @Cel(
            rule = "self.all(key, !key.contains('*'))",
            message = "wildcard not allowed in label key match")
        @Cel(rule = "self.all(key, key.size() != 0)", message = "key must not be empty")
        @Description("Labels that workloads must have.")
        Map<
                String,
                @Size(max = 63)
                @Cel(
                    rule = "!self.contains('*')",
                    message = "wildcard not allowed in label value match")
                String>
            matchLabels) {
  /** Absent labels are none. */
  public PolicySelector {
    matchLabels =
        matchLabels == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(matchLabels));
  }
}
