package dev.heddle.rules.serviceentry;

import org.jspecify.annotations.Nullable;

/** Istio {@code ServicePort}. */
public record ServicePort(
    @Nullable Long number,
    @Nullable String protocol,
    @Nullable String name,
    @Nullable Long targetPort) {}
