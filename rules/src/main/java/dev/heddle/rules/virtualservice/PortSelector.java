package dev.heddle.rules.virtualservice;

import org.jspecify.annotations.Nullable;

/** Istio {@code PortSelector}. */
public record PortSelector(@Nullable Long number) {}
