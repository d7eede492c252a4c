package dev.heddle.rules.virtualservice;

import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPFaultInjection}. */
public record FaultRule(@Nullable DelayFault delay, @Nullable AbortFault abort) {}
