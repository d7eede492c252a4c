package dev.heddle.rules.destinationrule;

/** Istio {@code LoadBalancerSettings.SimpleLB}, in the order of its numbers. */
public enum SimpleBalancer {
  UNSPECIFIED,
  LEAST_CONN,
  RANDOM,
  PASSTHROUGH,
  ROUND_ROBIN,
  LEAST_REQUEST
}
