package dev.heddle.rules.destinationrule;

/** Istio {@code ClientTLSSettings.TLSmode}. */
public enum TlsMode {
  DISABLE,
  SIMPLE,
  MUTUAL,
  ISTIO_MUTUAL
}
