package dev.heddle.rules.destinationrule;

import dev.heddle.rules.GoDuration;
import org.jspecify.annotations.Nullable;

/** Istio {@code WarmupConfiguration}. */
public record WarmupRule(
    @Nullable GoDuration duration, @Nullable Double minimumPercent, @Nullable Double aggression) {}
