package dev.heddle.rules.virtualservice;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.NotYet;
import dev.heddle.rules.OneOf;
import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPFaultInjection.Delay}. */
public record DelayFault(
    @Description("How long.") @OneOf("http_delay_type") @Nullable GoDuration fixedDelay,
    @Description("The mean of delays that differ.") @NotYet @OneOf("http_delay_type")
        @Nullable GoDuration exponentialDelay,
    @Description("The share of calls; all if absent.") @Nullable Percent percentage,
    @Description("Use percentage.") @Nullable Integer percent) {}
