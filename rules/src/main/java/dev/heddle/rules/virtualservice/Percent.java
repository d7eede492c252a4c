package dev.heddle.rules.virtualservice;

import org.jspecify.annotations.Nullable;

/** Istio {@code Percent}. */
public record Percent(@Nullable Double value) {}
