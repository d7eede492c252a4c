package dev.heddle.rules.telemetry;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.NullTaken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code AccessLogging}. */
public record AccessLogging(
    @Description("Which calls it is about.") @Nullable LogSelector match,
    @Description("Where logs are written.") @Nullable List<ProviderRef> providers,
    @NullTaken @Description("Whether nothing is logged.") @Nullable Boolean disabled,
    @Description("Which of the calls are logged.") @Nullable Filter filter) {

  /** Istio {@code AccessLogging.LogSelector}. */
  public record LogSelector(
      @Description("Calls that are made, that are answered, or both.")
          @Nullable WorkloadMode mode) {}

  /** Istio {@code AccessLogging.Filter}. */
  public record Filter(
      @Description("An expression that is true for calls that are logged.")
          @Nullable String expression) {}
}
