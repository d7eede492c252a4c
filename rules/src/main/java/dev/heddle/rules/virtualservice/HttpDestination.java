package dev.heddle.rules.virtualservice;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPRouteDestination}. */
public record HttpDestination(
    @Required @Description("Where calls go.") @Nullable Target destination,
    @Description("The share of calls, beside the other weights.") @Nullable Integer weight,
    @Description("What is changed of the headers.") @Nullable HeadersRule headers) {}
