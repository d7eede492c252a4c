package dev.heddle.rules.destinationrule;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Range;
import org.jspecify.annotations.Nullable;

/** Istio {@code ConsistentHashLB.MagLev}. */
public record MaglevRule(
    @Range(min = 0) @Description("Places in the table, a prime number.")
        @Nullable Long tableSize) {}
