package dev.heddle.rules.security;

import org.jspecify.annotations.Nullable;

/** Istio {@code AuthorizationPolicy.ExtensionProvider}. */
public record ExtensionProvider(@Nullable String name) {}
