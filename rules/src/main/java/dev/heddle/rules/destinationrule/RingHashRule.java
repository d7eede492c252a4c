package dev.heddle.rules.destinationrule;

import org.jspecify.annotations.Nullable;

/** Istio {@code ConsistentHashLB.RingHash}. */
public record RingHashRule(@Nullable Long minimumRingSize) {}
