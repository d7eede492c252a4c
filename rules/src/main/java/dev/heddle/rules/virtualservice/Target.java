package dev.heddle.rules.virtualservice;

import org.jspecify.annotations.Nullable;

/** Istio {@code Destination}. */
public record Target(@Nullable String host, @Nullable String subset, @Nullable PortSelector port) {}
