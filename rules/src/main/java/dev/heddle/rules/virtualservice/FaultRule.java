package dev.heddle.rules.virtualservice;

import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPFaultInjection}. */
public record FaultRule(
    @Description("Calls that are delayed.") @Nullable DelayFault delay,
    @Description("Calls that are answered with a failure.") @Nullable AbortFault abort) {}
