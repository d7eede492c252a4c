package dev.heddle.rules.virtualservice;

import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPDirectResponse}. */
public record DirectResponseRule(@Nullable Integer status, @Nullable BodyRule body) {}
