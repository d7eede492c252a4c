package dev.heddle.rules.virtualservice;

import org.jspecify.annotations.Nullable;

/** Istio {@code RouteDestination}. */
public record RouteDestination(@Nullable Target destination, @Nullable Integer weight) {}
