package dev.heddle.rules.virtualservice;

import org.jspecify.annotations.Nullable;

/** Istio {@code RegexRewrite}. */
public record RegexRewrite(@Nullable String match, @Nullable String rewrite) {}
