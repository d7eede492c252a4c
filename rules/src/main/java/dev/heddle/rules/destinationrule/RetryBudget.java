package dev.heddle.rules.destinationrule;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.schema.AnyDuration;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.NullTaken;
import dev.heddle.rules.schema.Range;
import org.jspecify.annotations.Nullable;

/** Istio {@code TrafficPolicy.RetryBudget}. */
public record RetryBudget(
    @NullTaken @Range(min = 0, max = 100) @Description("Retries at most of 100 calls.")
        @Nullable Double percent,
    @Description("Retries that are always allowed at a time.") @Nullable Long minRetryConcurrency,
    @AnyDuration @Description("Time in which calls are counted.")
        @Nullable GoDuration budgetInterval) {}
