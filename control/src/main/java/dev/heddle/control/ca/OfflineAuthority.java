package dev.heddle.control.ca;

import dev.heddle.policy.identity.SpiffeId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What a person who holds a CA directory makes of it, whether a control service runs or not. */
public final class OfflineAuthority {

  private final CaDirectory directory;
  private final InstantSource clock;
  private final SecureRandom random;

  /** Nothing is read or made yet. */
  public OfflineAuthority(Path directory, InstantSource clock, SecureRandom random) {
    this.directory = new CaDirectory(directory, clock, random);
    this.clock = clock;
    this.random = random;
  }

  /** A token with which whoever shows it is believed to be this caller. */
  public String token(Caller caller, Duration lifetime) throws IOException {
    TokenKeys keys = directory.tokenKeys();
    return new WorkloadTokens(() -> keys, clock).issue(caller, lifetime);
  }

  /**
   * Writes {@code key.pem}, {@code cert-chain.pem} and {@code root-cert.pem}, as Istio names them.
   * The root stays out of the chain, as TLS wants it.
   *
   * @return when the certificate expires
   */
  public Instant writeCertificate(SpiffeId identity, Duration lifetime, Path out)
      throws IOException, RefusedRequestException {
    CaMaterial material = directory.openAlone(identity.trustDomain());
    KeyPair keys = keyPair();
    IssuedCertificate issued =
        new CertificateAuthority(() -> material, lifetime, clock, random)
            .issue(identity, List.of(), keys.getPublic(), lifetime);
    List<X509Certificate> chain = issued.chain().subList(0, issued.chain().size() - 1);
    PrivateFiles.createDirectory(out);
    PrivateFiles.write(out.resolve("key.pem"), Pem.of(keys.getPrivate()));
    PrivateFiles.write(out.resolve(CaFiles.CHAIN), Pem.of(chain));
    PrivateFiles.write(out.resolve(CaFiles.ROOTS), Pem.of(material.roots()));
    return issued.notAfter();
  }

  private KeyPair keyPair() {
    try {
      return RootCertificate.keyPair(random);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has EC P-256", e);
    }
  }
}
