package dev.heddle.control.client.identity;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates as Istio and Kubernetes hand them about: PEM, one behind the other. */
public final class PemCertificates {

  /** Characters of one text; a bundle of all public roots has 250,000. */
  private static final int MAX_CHARS = 1_000_000;

  private PemCertificates() {}

  /** All certificates of a text, at least one; CertificateException says what is wrong. */
  public static List<X509Certificate> parse(String pem) throws CertificateException {
    if (pem.length() > MAX_CHARS) {
      throw new CertificateException(
          pem.length() + " characters (expected: at most " + MAX_CHARS + ")");
    }
    List<X509Certificate> certificates = new ArrayList<>();
    byte[] bytes = pem.getBytes(StandardCharsets.ISO_8859_1);
    try {
      for (Certificate each :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes))) {
        certificates.add((X509Certificate) each);
      }
    } catch (CertificateException e) {
      throw new CertificateException("no certificates (expected: PEM): " + e.getMessage(), e);
    }
    if (certificates.isEmpty()) {
      throw new CertificateException("no certificates (expected: PEM)");
    }
    return certificates;
  }
}
