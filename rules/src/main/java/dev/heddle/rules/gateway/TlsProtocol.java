package dev.heddle.rules.gateway;

/** Istio {@code ServerTLSSettings.TLSProtocol}, in the order of its numbers. */
public enum TlsProtocol {
  TLS_AUTO,
  TLSV1_0,
  TLSV1_1,
  TLSV1_2,
  TLSV1_3
}
