package dev.heddle.rules.virtualservice;

import dev.heddle.rules.OneOf;
import org.jspecify.annotations.Nullable;

/** Istio {@code StringMatch}; none set: the name alone must be there. */
public record TextMatch(
    @OneOf("match_type") @Nullable String exact,
    @OneOf("match_type") @Nullable String prefix,
    @OneOf("match_type") @Nullable String regex) {}
