package dev.heddle.rules.virtualservice;

import org.jspecify.annotations.Nullable;

/** Istio {@code Headers}. */
public record HeadersRule(
    @Nullable HeaderOperations request, @Nullable HeaderOperations response) {}
