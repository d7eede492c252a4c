package dev.heddle.control.ca;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What signs.
 *
 * @param chain the signer's certificate first, the root last
 */
record Issuer(PrivateKey key, List<X509Certificate> chain) {

  private static final byte[] PROBE = Pem.bytes("whose key is it");

  /** Longest way from a leaf to a root that TLS stacks of peers take. */
  private static final int MAX_CHAIN = 5;

  private static final int P_256_BITS = 256;

  Issuer {
    chain = List.copyOf(chain);
  }

  /**
   * IOException says what does not fit together.
   *
   * @param pool certificates among which the way from the signer to a root is found
   */
  static Issuer of(
      PrivateKey key,
      X509Certificate certificate,
      List<X509Certificate> pool,
      List<X509Certificate> roots)
      throws IOException {
    if (certificate.getBasicConstraints() < 0) {
      throw new IOException(
          "the certificate of "
              + certificate.getSubjectX500Principal()
              + " may not sign others (expected: basicConstraints CA:TRUE)");
    }
    if (!matches(key, certificate)) {
      throw new IOException("the private key is not that of the certificate");
    }
    return new Issuer(key, way(certificate, pool, roots));
  }

  X509Certificate certificate() {
    return chain.getFirst();
  }

  X509Certificate root() {
    return chain.getLast();
  }

  /** When the first of the chain expires, and with it all that is signed. */
  Instant notAfter() {
    return chain.stream()
        .map(certificate -> certificate.getNotAfter().toInstant())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /** Of the key, by the hash as long as its strength. */
  static String signatureAlgorithm(PrivateKey key) {
    if (!key.getAlgorithm().startsWith("EC")) {
      return "SHA256withRSA";
    }
    int bits = key instanceof ECPrivateKey ec ? ec.getParams().getOrder().bitLength() : P_256_BITS;
    return bits > P_256_BITS ? "SHA384withECDSA" : "SHA256withECDSA";
  }

  private static boolean matches(PrivateKey key, X509Certificate certificate) {
    try {
      Signature signature = Signature.getInstance(signatureAlgorithm(key));
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate.getPublicKey());
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static List<X509Certificate> way(
      X509Certificate from, List<X509Certificate> pool, List<X509Certificate> roots)
      throws IOException {
    List<X509Certificate> candidates = new ArrayList<>(roots);
    candidates.addAll(pool);
    List<X509Certificate> way = new ArrayList<>(List.of(from));
    while (!roots.contains(way.getLast())) {
      X509Certificate last = way.getLast();
      X509Certificate next =
          candidates.stream()
              .filter(candidate -> !way.contains(candidate) && signed(last, candidate))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IOException(
                          "the chain ends at "
                              + last.getSubjectX500Principal()
                              + ", which no root signed (expected: a way to a certificate in "
                              + CaFiles.ROOTS
                              + ")"));
      way.add(next);
      if (way.size() > MAX_CHAIN) {
        throw new IOException("the chain is longer than " + MAX_CHAIN + " certificates");
      }
    }
    return way;
  }

  private static boolean signed(X509Certificate certificate, X509Certificate by) {
    if (!certificate.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
      return false;
    }
    try {
      certificate.verify(by.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
