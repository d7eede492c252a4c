package dev.heddle.policy.identity;

/** Which connections a port takes: Istio {@code PeerAuthentication.MutualTLS.Mode}, settled. */
public enum MutualTlsMode {
  /** None of mesh TLS. */
  DISABLE,
  /** Those of mesh TLS and others. */
  PERMISSIVE,
  /** Those of mesh TLS only. */
  STRICT
}
