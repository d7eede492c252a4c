package dev.heddle.rules.virtualservice;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.OneOf;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPBody}. */
public record BodyRule(
    @OneOf("specifier") @Nullable String string,
    @NotYet @OneOf("specifier") @Nullable String bytes) {}
