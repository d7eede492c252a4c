package dev.heddle.rules;

import dev.heddle.rules.security.AuthorizationPolicySpec;

/** Who may call a workload: Istio {@code security.istio.io/AuthorizationPolicy}. */
public record AuthorizationPolicy(Metadata metadata, AuthorizationPolicySpec spec)
    implements Rule {}
