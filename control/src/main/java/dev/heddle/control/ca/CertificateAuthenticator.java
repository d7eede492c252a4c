package dev.heddle.control.ca;

import dev.heddle.policy.identity.SpiffeId;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Believes certificates that a root of the mesh vouches for (RFC 5280) while they are valid: a
 * workload renews with what it has. They are judged here and not in the handshake, so that a caller
 * hears the reason, and so that one with a bad certificate and a good token gets on.
 */
final class CertificateAuthenticator implements Authenticator {

  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final int URI = 6;

  private final Supplier<CaMaterial> material;
  private final String trustDomain;
  private final InstantSource clock;

  CertificateAuthenticator(Supplier<CaMaterial> material, String trustDomain, InstantSource clock) {
    this.material = material;
    this.trustDomain = trustDomain;
    this.clock = clock;
  }

  @Override
  public Authentication authenticate(Credentials credentials) {
    List<X509Certificate> chain = credentials.certificates();
    if (chain.isEmpty()) {
      return new Authentication.NotOffered();
    }
    try {
      verify(chain);
      return identity(chain.getFirst());
    } catch (CertPathValidatorException e) {
      boolean expired = e.getReason() == BasicReason.EXPIRED;
      return refused(
          expired ? Refusal.CERTIFICATE_EXPIRED : Refusal.CERTIFICATE_UNTRUSTED,
          "certificate that is not valid: "
              + e.getMessage()
              + " (expected: one of this mesh that has not expired, or a token)");
    } catch (GeneralSecurityException e) {
      return refused(
          Refusal.CERTIFICATE_UNTRUSTED, "certificate that cannot be read: " + e.getMessage());
    }
  }

  private void verify(List<X509Certificate> chain) throws GeneralSecurityException {
    List<X509Certificate> roots = material.get().roots();
    PKIXParameters parameters =
        new PKIXParameters(
            roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet()));
    parameters.setRevocationEnabled(false); // certificates live for hours instead
    parameters.setDate(Date.from(clock.instant()));
    // The anchor is no part of a path, though peers send it; what stands alone is judged below.
    List<X509Certificate> path = chain.stream().filter(c -> !roots.contains(c)).toList();
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
  }

  private Authentication identity(X509Certificate certificate) throws CertificateParsingException {
    List<String> usages = certificate.getExtendedKeyUsage();
    SpiffeId identity = spiffeId(certificate);
    if (material.get().roots().contains(certificate)
        || certificate.getBasicConstraints() >= 0
        || usages == null
        || !usages.contains(CLIENT)) {
      return refused(
          Refusal.CERTIFICATE_IDENTITY,
          "certificate that is not a client's (expected: no CA, extended key usage clientAuth)");
    }
    if (identity == null) {
      return refused(
          Refusal.CERTIFICATE_IDENTITY,
          "certificate without an identity (expected: one URI, spiffe://"
              + trustDomain
              + "/ns/NAMESPACE/sa/ACCOUNT)");
    }
    if (!identity.trustDomain().equals(trustDomain)) {
      return refused(
          Refusal.TRUST_DOMAIN,
          "certificate of " + identity.uri() + " (expected: trust domain " + trustDomain + ")");
    }
    return new Authentication.Proven(Caller.proven(identity, NodeNames.in(certificate)));
  }

  /** X.509-SVID 5.2: exactly one URI. */
  private static @Nullable SpiffeId spiffeId(X509Certificate certificate)
      throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    List<String> uris =
        names == null
            ? List.of()
            : names.stream()
                .filter(name -> Integer.valueOf(URI).equals(name.get(0)))
                .map(name -> String.valueOf(name.get(1)))
                .toList();
    return uris.size() == 1 ? SpiffeId.parse(uris.getFirst()) : null;
  }

  private static Authentication refused(Refusal reason, String message) {
    return new Authentication.Refused(reason, message);
  }
}
