package dev.heddle.rules.security;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code security Rule}: absent parts match everything, empty lists are refused. */
public record AccessRule(
    @Nullable List<From> from, @Nullable List<To> to, List<AccessCondition> when) {
  /** Absent conditions are none. */
  public AccessRule {
    when = when == null ? List.of() : List.copyOf(when);
  }

  /** Istio {@code Rule.From}. */
  public record From(@Nullable SourceRule source) {}

  /** Istio {@code Rule.To}. */
  public record To(@Nullable OperationRule operation) {}
}
