package dev.heddle.rules;

import dev.heddle.rules.gateway.GatewaySpec;

/** What a gateway at the edge of the mesh listens to: Istio {@code networking.istio.io/Gateway}. */
public record Gateway(Metadata metadata, GatewaySpec spec) implements Rule {}
