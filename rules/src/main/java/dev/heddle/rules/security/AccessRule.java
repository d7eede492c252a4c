package dev.heddle.rules.security;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code security Rule}: absent parts match everything, empty lists are refused. */
public record AccessRule(
    @Size(max = 512) @Description("Who calls; absent: anybody. One of these has to match.")
        @Nullable List<From> from,
    @Description("What is called; absent: anything. One of these has to match.")
        @Nullable List<To> to,
    @Description("What else has to hold; all of these.") List<AccessCondition> when) {
  /** Absent conditions are none. */
  public AccessRule {
    when = when == null ? List.of() : List.copyOf(when);
  }

  /** Istio {@code Rule.From}. */
  public record From(@Description("The caller.") @Nullable SourceRule source) {}

  /** Istio {@code Rule.To}. */
  public record To(@Description("The request.") @Nullable OperationRule operation) {}
}
