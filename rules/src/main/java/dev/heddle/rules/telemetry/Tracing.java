package dev.heddle.rules.telemetry;

import dev.heddle.rules.OneOf;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.NullTaken;
import dev.heddle.rules.schema.Range;
import dev.heddle.rules.schema.Required;
import dev.heddle.rules.schema.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code Tracing}. */
public record Tracing(
    @Description("Which calls it is about.") @Nullable TracingSelector match,
    @Description("Where spans are sent.") @Nullable List<ProviderRef> providers,
    @NullTaken
        @Range(min = 0, max = 100)
        @Description("How many of 100 calls are traced that nobody decided about before.")
        @Nullable Double randomSamplingPercentage,
    @NullTaken @Description("Send no spans; what is sampled and handed on stays the same.")
        @Nullable Boolean disableSpanReporting,
    @NullTaken @Description("Whether what callers decided is left alone and not handed on.")
        @Nullable Boolean disableContextPropagation,
    @Description("Tags added to each span.") @Nullable Map<String, CustomTag> customTags,
    @NullTaken @Description("Whether a request's id decides whether it is traced.")
        @Nullable Boolean useRequestIdForTraceSampling,
    @NullTaken @Description("Whether spans have Istio's own tags.")
        @Nullable Boolean enableIstioTags) {

  /** Istio {@code Tracing.TracingSelector}. */
  public record TracingSelector(
      @Description("Calls that are made, that are answered, or both.")
          @Nullable WorkloadMode mode) {}

  /** Istio {@code Tracing.CustomTag}. */
  public record CustomTag(
      @OneOf("type") @Description("The same value for each span.") @Nullable Text literal,
      @OneOf("type") @Description("The value of an environment variable.")
          @Nullable Named environment,
      @OneOf("type") @Description("The value of a header of the request.") @Nullable Named header,
      @OneOf("type") @Description("A value in the form of access logs.")
          @Nullable Text formatter) {}

  /** Istio {@code Tracing.Literal} and {@code Tracing.Formatter}. */
  public record Text(@Required @Size(min = 1) @Description("The value.") @Nullable String value) {}

  /** Istio {@code Tracing.Environment} and {@code Tracing.RequestHeader}. */
  public record Named(
      @Required @Size(min = 1) @Description("The name of the variable or header.")
          @Nullable String name,
      @Description("The value where there is none of the name.") @Nullable String defaultValue) {}
}
