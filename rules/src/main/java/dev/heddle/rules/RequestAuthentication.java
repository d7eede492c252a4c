package dev.heddle.rules;

import dev.heddle.rules.security.RequestAuthenticationSpec;

/** Which tokens a workload believes: Istio {@code security.istio.io/RequestAuthentication}. */
public record RequestAuthentication(Metadata metadata, RequestAuthenticationSpec spec)
    implements Rule {}
