package dev.heddle.rules.virtualservice;

import dev.heddle.rules.OneOf;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPRedirect}. */
public record RedirectRule(
    @Nullable String uri,
    @Nullable String authority,
    @OneOf("redirect_port") @Nullable Long port,
    @OneOf("redirect_port") @Nullable RedirectPort derivePort,
    @Nullable String scheme,
    @Nullable Long redirectCode) {}
