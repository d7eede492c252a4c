package dev.heddle.control.client.identity;

import dev.heddle.policy.identity.SpiffeId;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Who the other end is, by its certificate alone. Asked after each handshake, for a resumed one
 * shows no certificate to {@link MeshTrust}.
 */
public final class PeerIdentity {

  private PeerIdentity() {}

  /**
   * The peer of a session; SSLPeerUnverifiedException if it is nobody, or none of the expected.
   *
   * @param expected SPIFFE URIs, one of which it must have; empty: any of the trust domain
   */
  public static SpiffeId verified(SSLSession session, String trustDomain, Set<String> expected)
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

  /**
   * The one SPIFFE ID of a certificate (SPIFFE X.509-SVID 2: exactly one URI); CertificateException
   * if it has none, or one of another trust domain.
   */
  public static SpiffeId of(X509Certificate leaf, String trustDomain) throws CertificateException {
    SpiffeId id = CertificateIdentity.of(leaf);
    if (id == null || !id.trustDomain().equals(trustDomain)) {
      throw new CertificateException(
          "the peer's certificate names "
              + leaf.getSubjectAlternativeNames()
              + " (expected: one URI spiffe://"
              + trustDomain
              + "/ns/<namespace>/sa/<service account>)");
    }
    return id;
  }
}
