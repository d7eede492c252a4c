package dev.heddle.rules.telemetry;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.OneOf;
import dev.heddle.rules.schema.Cel;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.NullTaken;
import dev.heddle.rules.schema.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code Metrics}. */
public record Metrics(
    @Description("Where metrics are sent.") @Nullable List<ProviderRef> providers,
    @Description("What is changed of the metrics, in this order.")
        @Nullable List<Overrides> overrides,
    @Description("How often metrics are sent.") @Nullable GoDuration reportingInterval) {

  /** Istio {@code MetricsOverrides}. */
  public record Overrides(
      @Description("The metrics that are changed; absent: all.") @Nullable MetricSelector match,
      @NullTaken @Description("Whether the metrics are left out.") @Nullable Boolean disabled,
      @Description("Changes of the metrics' labels, by name.")
          @Nullable Map<String, TagOverride> tagOverrides) {}

  /** Istio {@code MetricSelector}. */
  public record MetricSelector(
      @OneOf("metric_match") @Description("One of Istio's metrics.") @Nullable IstioMetric metric,
      @OneOf("metric_match") @Size(min = 1) @Description("Another metric, by name.")
          @Nullable String customMetric,
      @Description("Calls that are made, that are answered, or both.")
          @Nullable WorkloadMode mode) {}

  /** Istio {@code MetricsOverrides.TagOverride}. */
  @Cel(
      rule =
          "((has(self.operation) ? self.operation : '') == 'UPSERT') ? (has(self.value) && self.value != '') : true",
      message = "value must be set when operation is UPSERT")
  @Cel(
      rule = "((has(self.operation) ? self.operation : '') == 'REMOVE') ? !has(self.value) : true",
      message = "value must not be set when operation is REMOVE")
  public record TagOverride(
      @Description("Whether the label is set or left out.") @Nullable Operation operation,
      @Description("The label's value, an expression.") @Nullable String value) {}

  /** Istio {@code MetricsOverrides.TagOverride.Operation}, in the order of its numbers. */
  public enum Operation {
    UPSERT,
    REMOVE
  }
}
