package dev.heddle.rules;

import dev.heddle.rules.destinationrule.DestinationRuleSpec;

/**
 * How a host's instances are grouped and called: Istio {@code networking.istio.io/DestinationRule}.
 */
public record DestinationRule(Metadata metadata, DestinationRuleSpec spec) implements Rule {}
