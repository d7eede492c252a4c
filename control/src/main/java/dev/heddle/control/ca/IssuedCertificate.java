package dev.heddle.control.ca;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What was signed.
 *
 * @param chain the new certificate first, the root last
 */
public record IssuedCertificate(List<X509Certificate> chain) {

  /** Takes the chain as it is now. */
  public IssuedCertificate {
    chain = List.copyOf(chain);
  }

  /** Each certificate as PEM. */
  public List<String> pem() {
    return chain.stream().map(Pem::of).toList();
  }

  /** When it expires. */
  public Instant notAfter() {
    return chain.getFirst().getNotAfter().toInstant();
  }
}
