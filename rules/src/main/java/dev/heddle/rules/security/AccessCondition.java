package dev.heddle.rules.security;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code security Condition}. */
public record AccessCondition(@Nullable String key, List<String> values, List<String> notValues) {
  /** Absent lists are empty ones. */
  public AccessCondition {
    values = values == null ? List.of() : List.copyOf(values);
    notValues = notValues == null ? List.of() : List.copyOf(notValues);
  }
}
