package dev.heddle.control.ca;

import dev.heddle.policy.identity.SpiffeId;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that this process itself shows, made anew at half of its life and when another
 * issuer signs; handshakes under way keep the one that they chose.
 */
final class ServerCertificate extends X509ExtendedKeyManager {

  private static final String ALGORITHM = "EC";

  private record Held(
      String alias, PrivateKey key, List<X509Certificate> chain, Issuer issuer, Instant renewAt) {}

  private final CertificateAuthority authority;
  private final Supplier<CaMaterial> material;
  private final SpiffeId identity;
  private final List<GeneralName> names;
  private final InstantSource clock;
  private final SecureRandom random;
  private volatile @Nullable Held current;
  private volatile @Nullable Held previous;

  ServerCertificate(
      CertificateAuthority authority,
      Supplier<CaMaterial> material,
      SpiffeId identity,
      List<GeneralName> names,
      InstantSource clock,
      SecureRandom random) {
    this.authority = authority;
    this.material = material;
    this.identity = identity;
    this.names = List.copyOf(names);
    this.clock = clock;
    this.random = random;
  }

  /** Makes a new one if it is time to; on one thread. */
  void renewIfDue() throws RefusedRequestException {
    Held held = current;
    Instant now = clock.instant();
    Issuer issuer = material.get().issuer();
    if (held == null || !held.issuer().equals(issuer) || !now.isBefore(held.renewAt())) {
      previous = held;
      current = made(held == null ? 0 : Long.parseLong(held.alias()) + 1, issuer, now);
    }
  }

  private Held made(long number, Issuer issuer, Instant now) throws RefusedRequestException {
    KeyPair keys;
    try {
      keys = RootCertificate.keyPair(random);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has EC P-256", e);
    }
    IssuedCertificate issued = authority.issue(identity, names, keys.getPublic(), Duration.ZERO);
    Duration half = Duration.between(now, issued.notAfter()).dividedBy(2);
    // Whoever connects has the root.
    List<X509Certificate> shown = issued.chain().subList(0, issued.chain().size() - 1);
    return new Held(
        Long.toString(number), keys.getPrivate(), List.copyOf(shown), issuer, now.plus(half));
  }

  /** When the one shown now expires. */
  Instant notAfter() {
    Held held = current;
    return held == null ? Instant.MIN : held.chain().getFirst().getNotAfter().toInstant();
  }

  private @Nullable Held named(String alias) {
    Held now = current;
    if (now != null && now.alias().equals(alias)) {
      return now;
    }
    Held before = previous;
    return before != null && before.alias().equals(alias) ? before : null;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    Held held = current;
    return held != null && keyType.equals(ALGORITHM) ? held.alias() : null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    Held held = current;
    return held != null && keyType.equals(ALGORITHM) ? held.alias() : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    Held held = named(alias);
    return held == null ? null : held.chain().toArray(new X509Certificate[0]);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    Held held = named(alias);
    return held == null ? null : held.key();
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    Held held = current;
    return held == null ? null : new String[] {held.alias()};
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }
}
