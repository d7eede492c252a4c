package dev.heddle.rules.virtualservice;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import org.jspecify.annotations.Nullable;

/** Istio {@code RouteDestination}. */
public record RouteDestination(
    @Required @Description("Where connections go.") @Nullable Target destination,
    @Description("The share of connections, beside the other weights.") @Nullable Integer weight) {}
