package dev.heddle.rules.security;

/** Istio {@code PeerAuthentication.MutualTLS.Mode}, in the order of its numbers. */
public enum MutualTlsMode {
  UNSET,
  DISABLE,
  PERMISSIVE,
  STRICT
}
