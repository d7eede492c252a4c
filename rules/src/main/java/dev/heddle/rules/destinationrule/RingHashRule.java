package dev.heddle.rules.destinationrule;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Range;
import org.jspecify.annotations.Nullable;

/** Istio {@code ConsistentHashLB.RingHash}. */
public record RingHashRule(
    @Range(min = 0) @Description("Least number of places on the ring.")
        @Nullable Long minimumRingSize) {}
