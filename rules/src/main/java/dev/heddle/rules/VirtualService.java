package dev.heddle.rules;

import dev.heddle.rules.virtualservice.VirtualServiceSpec;

/** How calls to hosts are routed: Istio {@code networking.istio.io/VirtualService}. */
public record VirtualService(Metadata metadata, VirtualServiceSpec spec) implements Rule {}
