package dev.heddle.rules.virtualservice;

import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code Percent}. */
public record Percent(@Description("0 to 100.") @Nullable Double value) {}
