package dev.heddle.rules.virtualservice;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.NotYet;
import dev.heddle.rules.OneOf;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPFaultInjection.Delay}. */
public record DelayFault(
    @OneOf("http_delay_type") @Nullable GoDuration fixedDelay,
    @NotYet @OneOf("http_delay_type") @Nullable GoDuration exponentialDelay,
    @Nullable Percent percentage,
    @Nullable Integer percent) {}
