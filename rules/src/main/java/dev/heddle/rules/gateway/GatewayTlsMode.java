package dev.heddle.rules.gateway;

/** Istio {@code ServerTLSSettings.TLSmode}, in the order of its numbers. */
public enum GatewayTlsMode {
  PASSTHROUGH,
  SIMPLE,
  MUTUAL,
  AUTO_PASSTHROUGH,
  ISTIO_MUTUAL,
  OPTIONAL_MUTUAL
}
