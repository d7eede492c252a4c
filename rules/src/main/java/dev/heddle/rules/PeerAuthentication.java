package dev.heddle.rules;

import dev.heddle.rules.security.PeerAuthenticationSpec;

/** Which connections a workload takes: Istio {@code security.istio.io/PeerAuthentication}. */
public record PeerAuthentication(Metadata metadata, PeerAuthenticationSpec spec) implements Rule {}
