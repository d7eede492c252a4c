package dev.heddle.rules.telemetry;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.schema.Cel;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Size;
import dev.heddle.rules.security.PolicySelector;
import dev.heddle.rules.security.TargetReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code Telemetry}. */
@Description("What workloads tell of their calls: traces, metrics and access logs.")
@Cel(rule = TargetReference.ONE_TARGET, message = TargetReference.ONE_TARGET_MESSAGE)
public record TelemetrySpec(
    @NotYet @Description("The workloads it is for; absent: all of the namespace.")
        @Nullable PolicySelector selector,
    @NotYet @Description("The resource it is for.") @Nullable TargetReference targetRef,
    @NotYet @Size(max = 16) @Description("The resources it is for.")
        @Nullable List<TargetReference> targetRefs,
    @NotYet @Description("How calls are traced.") @Nullable List<Tracing> tracing,
    @NotYet @Description("How calls are counted.") @Nullable List<Metrics> metrics,
    @NotYet @Description("Which calls are logged.") @Nullable List<AccessLogging> accessLogging) {}
