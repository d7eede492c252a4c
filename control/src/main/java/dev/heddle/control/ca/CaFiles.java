package dev.heddle.control.ca;

import java.util.List;

/** Names of the files in a CA directory; the first four are Istio's for plugged-in certificates. */
final class CaFiles {

  /** The certificate that signs. */
  static final String CERTIFICATE = "ca-cert.pem";

  /** Its private key. */
  static final String KEY = "ca-key.pem";

  /** What leads from it to the root; need not be there where the root itself signs. */
  static final String CHAIN = "cert-chain.pem";

  /** Every root that is trusted. */
  static final String ROOTS = "root-cert.pem";

  /** Keys of workload tokens, a JWK set (RFC 7517): the first signs, all are believed. */
  static final String TOKEN_KEYS = "token-keys.json";

  /** The root that is trusted already and will sign next. */
  static final String NEXT_CERTIFICATE = "next-ca-cert.pem";

  /** Its private key. */
  static final String NEXT_KEY = "next-ca-key.pem";

  /** The root that signs no more and is trusted still. */
  static final String RETIRED = "retired-root-cert.pem";

  /**
   * What replicas of an authority have in common, in an order of writing in which what is there in
   * between is either usable or seen not to fit.
   */
  static final List<String> SHARED =
      List.of(ROOTS, CHAIN, KEY, CERTIFICATE, NEXT_KEY, NEXT_CERTIFICATE, RETIRED);

  /** Held by whoever writes. */
  static final String LOCK = ".lock";

  private CaFiles() {}
}
