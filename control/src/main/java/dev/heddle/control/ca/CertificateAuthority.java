package dev.heddle.control.ca;

import dev.heddle.policy.identity.SpiffeId;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x509.GeneralName;

/**
 * Signs what workloads show each other. Any thread; who may have which identity was decided before.
 */
public final class CertificateAuthority {

  private final Supplier<CaMaterial> material;
  private final Duration longest;
  private final InstantSource clock;
  private final SecureRandom random;

  CertificateAuthority(
      Supplier<CaMaterial> material, Duration longest, InstantSource clock, SecureRandom random) {
    this.material = material;
    this.longest = longest;
    this.clock = clock;
    this.random = random;
  }

  /** How long a certificate is valid at most, and where nothing shorter is asked for. */
  public Duration longest() {
    return longest;
  }

  /**
   * A certificate for the key of a request.
   *
   * @param csr PEM of a PKCS #10 request; its wishes but the key are not heard
   * @param wished how long it shall be valid; zero: as long as this authority gives
   */
  public IssuedCertificate sign(Caller caller, String csr, Duration wished)
      throws RefusedRequestException {
    if (wished.isNegative()) {
      throw new RefusedRequestException(
          "lifetime of " + wished.toSeconds() + " s (expected: seconds, or 0 for the default)");
    }
    return issue(caller.identity(), NodeNames.of(caller), SigningRequest.provenKey(csr), wished);
  }

  /**
   * The same for a key of this process, which may also be shown under names of DNS or addresses.
   */
  IssuedCertificate issue(
      SpiffeId identity, List<GeneralName> names, PublicKey key, Duration wished)
      throws RefusedRequestException {
    Issuer issuer = material.get().issuer();
    Instant now = clock.instant();
    if (now.isAfter(issuer.notAfter())) {
      throw new RefusedRequestException(
          "the authority's own certificate expired at "
              + issuer.notAfter()
              + "; a new root is needed, see heddle-control rotate-root");
    }
    Validity validity = Validity.of(now, lifetime(wished), issuer.notAfter());
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(LeafCertificate.signed(issuer, identity, names, key, validity, random));
    chain.addAll(issuer.chain());
    return new IssuedCertificate(chain);
  }

  private Duration lifetime(Duration wished) {
    return wished.isZero() || wished.compareTo(longest) > 0 ? longest : wished;
  }
}
