package dev.heddle.rules.destinationrule;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.NullTaken;
import dev.heddle.rules.schema.Range;
import dev.heddle.rules.schema.Required;
import org.jspecify.annotations.Nullable;

/** Istio {@code WarmupConfiguration}. */
public record WarmupRule(
    @Required @Description("How long an endpoint is new.") @Nullable GoDuration duration,
    @NullTaken @Range(min = 0, max = 100) @Description("With what share of its weight it begins.")
        @Nullable Double minimumPercent,
    @NullTaken @Range(min = 0) @Description("How its share grows: 1 evenly, more: late and fast.")
        @Nullable Double aggression) {}
