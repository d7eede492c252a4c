package dev.heddle.control.ca;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/**
 * An authority as {@code /debug/ca} shows it: nothing of it is secret.
 *
 * @param signs the signing certificate first, its root last
 * @param tokenKeys names of the keys whose tokens are believed
 * @param serverCertificateUntil when the certificate that this process shows expires
 */
public record CaStatus(
    String trustDomain,
    List<Shown> signs,
    List<Shown> trusts,
    List<String> tokenKeys,
    String serverCertificateUntil,
    String longestLifetime) {

  /** A certificate by what tells it from others. */
  public record Shown(String subject, String sha256, String notBefore, String notAfter) {

    static Shown of(X509Certificate certificate) {
      try {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return new Shown(
            certificate.getSubjectX500Principal().toString(),
            HexFormat.of().formatHex(hash),
            certificate.getNotBefore().toInstant().toString(),
            certificate.getNotAfter().toInstant().toString());
      } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
        throw new IllegalStateException("every JDK has SHA-256 and the bytes that it read", e);
      }
    }
  }
}
