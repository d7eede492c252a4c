package dev.heddle.rules.destinationrule;

import org.jspecify.annotations.Nullable;

/** Istio {@code ConsistentHashLB.MagLev}. */
public record MaglevRule(@Nullable Long tableSize) {}
