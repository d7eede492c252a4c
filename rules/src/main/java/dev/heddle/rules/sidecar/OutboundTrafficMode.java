package dev.heddle.rules.sidecar;

/** Istio {@code OutboundTrafficPolicy.Mode}, in the order of its numbers. */
public enum OutboundTrafficMode {
  REGISTRY_ONLY,
  ALLOW_ANY
}
