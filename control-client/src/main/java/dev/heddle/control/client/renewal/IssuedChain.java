package dev.heddle.control.client.renewal;

import dev.heddle.control.client.identity.CertificateIdentity;
import dev.heddle.control.client.identity.PemCertificates;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import dev.heddle.policy.identity.SpiffeId;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the authority answered, looked at before anything is made of it. */
final class IssuedChain {

  private final WorkloadCertificate certificate;
  private final @Nullable TrustBundle trust;

  private IssuedChain(WorkloadCertificate certificate, @Nullable TrustBundle trust) {
    this.certificate = certificate;
    this.trust = trust;
  }

  /**
   * GeneralSecurityException says why it cannot be used.
   *
   * @param chain PEM, the leaf first, the root last (istio.v1.auth.IstioCertificateResponse)
   */
  static IssuedChain check(KeyPair keys, List<String> chain, long nowMillis)
      throws GeneralSecurityException {
    List<X509Certificate> all = new ArrayList<>();
    for (String pem : chain) {
      all.addAll(PemCertificates.parse(pem));
    }
    if (all.isEmpty() || all.size() > RenewalLimits.MAX_CHAIN) {
      throw new CertificateException(
          all.size() + " certificates (expected: 1 to " + RenewalLimits.MAX_CHAIN + ")");
    }
    X509Certificate leaf = all.get(0);
    if (!leaf.getPublicKey().equals(keys.getPublic())) {
      throw new CertificateException("a certificate for another key than the one that was sent");
    }
    if (nowMillis >= leaf.getNotAfter().toInstant().toEpochMilli()) {
      throw new CertificateException(
          "a certificate that ended at "
              + leaf.getNotAfter().toInstant()
              + " by the clock of this machine; compare it with the control service's");
    }
    for (int i = 0; i + 1 < all.size(); i++) {
      all.get(i).verify(all.get(i + 1).getPublicKey());
    }
    SpiffeId identity = CertificateIdentity.of(leaf);
    if (identity == null) {
      throw new CertificateException(
          "a certificate for "
              + leaf.getSubjectAlternativeNames()
              + " (expected: one URI, spiffe://<domain>/ns/<ns>/sa/<sa>)");
    }
    return of(keys, all, identity);
  }

  private static IssuedChain of(KeyPair keys, List<X509Certificate> all, SpiffeId identity) {
    X509Certificate last = all.get(all.size() - 1);
    boolean endsInRoot =
        all.size() > 1 && last.getSubjectX500Principal().equals(last.getIssuerX500Principal());
    return new IssuedChain(
        // TLS sends the chain without its root: who does not have it would not believe it.
        WorkloadCertificate.of(
            keys.getPrivate(), endsInRoot ? all.subList(0, all.size() - 1) : all),
        endsInRoot
            ? TrustBundle.of(identity.trustDomain(), Collections.singletonList(last))
            : null);
  }

  /** To be used from now on. */
  WorkloadCertificate certificate() {
    return certificate;
  }

  /** The root that it leads to; null: the answer had none. */
  @Nullable TrustBundle trust() {
    return trust;
  }
}
