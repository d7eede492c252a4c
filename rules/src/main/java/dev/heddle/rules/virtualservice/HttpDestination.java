package dev.heddle.rules.virtualservice;

import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPRouteDestination}. */
public record HttpDestination(
    @Nullable Target destination, @Nullable Integer weight, @Nullable HeadersRule headers) {}
