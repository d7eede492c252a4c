package dev.heddle.rules.virtualservice;

/** Istio {@code CorsPolicy.UnmatchedPreflights}, in the order of its numbers. */
public enum UnmatchedPreflights {
  UNSPECIFIED,
  FORWARD,
  IGNORE
}
