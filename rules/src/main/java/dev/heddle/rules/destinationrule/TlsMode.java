package dev.heddle.rules.destinationrule;

import dev.heddle.rules.NotYet;

/** Istio {@code ClientTLSSettings.TLSmode}. */
public enum TlsMode {
  DISABLE,
  SIMPLE,
  MUTUAL,
  @NotYet
  ISTIO_MUTUAL
}
