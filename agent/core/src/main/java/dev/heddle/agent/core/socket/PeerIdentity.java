package dev.heddle.agent.core.socket;

import dev.heddle.policy.identity.SpiffeId;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Who the other end is, by its certificate alone. Asked after each handshake, for a resumed one
 * shows no certificate to {@link MeshTrust}.
 */
final class PeerIdentity {

  /** GeneralName's uniformResourceIdentifier, RFC 5280 4.2.1.6. */
  private static final int URI_NAME = 6;

  private PeerIdentity() {}

  /**
   * The peer of a session.
   *
   * @param expected SPIFFE URIs, one of which it must have; empty: any of the trust domain
   */
  static SpiffeId verified(SSLSession session, String trustDomain, Set<String> expected)
      throws SSLPeerUnverifiedException {
    Certificate leaf = session.getPeerCertificates()[0];
    SpiffeId id;
    try {
      ((X509Certificate) leaf).checkValidity(); // a ticket may be younger than it
      id = of((X509Certificate) leaf, trustDomain);
    } catch (CertificateException e) {
      SSLPeerUnverifiedException refused = new SSLPeerUnverifiedException(e.getMessage());
      refused.initCause(e);
      throw refused;
    }
    if (!expected.isEmpty() && !expected.contains(id.uri())) {
      throw new SSLPeerUnverifiedException(
          "the peer is " + id.uri() + " (expected: one of " + expected + ")");
    }
    return id;
  }

  /** The one SPIFFE ID of a certificate (SPIFFE X.509-SVID 2: exactly one URI). */
  static SpiffeId of(X509Certificate leaf, String trustDomain) throws CertificateException {
    String uri = onlyUri(leaf.getSubjectAlternativeNames());
    SpiffeId id = uri == null ? null : SpiffeId.parse(uri);
    if (id == null || !id.trustDomain().equals(trustDomain)) {
      throw new CertificateException(
          "the peer's certificate names \""
              + uri
              + "\" (expected: one URI spiffe://"
              + trustDomain
              + "/ns/<namespace>/sa/<service account>)");
    }
    return id;
  }

  private static @Nullable String onlyUri(@Nullable Collection<List<?>> names)
      throws CertificateException {
    String found = null;
    if (names != null) {
      for (List<?> name : names) {
        if (name.get(0).equals(URI_NAME)) {
          if (found != null) {
            throw new CertificateException("the peer's certificate names several URIs");
          }
          found = (String) name.get(1);
        }
      }
    }
    return found;
  }
}
