package dev.heddle.control.client.identity;

import dev.heddle.policy.identity.SpiffeId;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whose a certificate is, by SPIFFE's rule for X.509: its one URI says so. */
public final class CertificateIdentity {

  private static final Integer URI_NAME = 6; // RFC 5280, 4.2.1.6

  private CertificateIdentity() {}

  /** The workload; null: it names none, or more than one, and is then nobody's (X509-SVID, 2). */
  public static @Nullable SpiffeId of(X509Certificate certificate) {
    String uri = null;
    for (List<?> name : names(certificate)) {
      if (URI_NAME.equals(name.get(0))) {
        if (uri != null) {
          return null;
        }
        uri = String.valueOf(name.get(1));
      }
    }
    return uri == null ? null : SpiffeId.parse(uri);
  }

  private static Collection<List<?>> names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? Collections.<List<?>>emptyList() : names;
    } catch (CertificateParsingException e) {
      return Collections.emptyList();
    }
  }
}
