package dev.heddle.node.warmup;

import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import dev.heddle.policy.identity.SpiffeId;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * A root that nobody else believes, and what it signs (RFC 5280): certificates of the same form as
 * those of control, for the length of a warm-up.
 */
final class Authority {

  private static final String ROOT_NAME = "Heddle warm-up";
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Duration SKEW = Duration.ofMinutes(1);

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  /** SEQUENCE of OID 1.2.840.10045.4.3.2, ecdsa-with-SHA256; no parameters (RFC 5758, 3.2). */
  private static final byte[] ECDSA_WITH_SHA256 = {
    0x30, 0x0a, 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
  };

  /** OID 2.5.4.10. */
  private static final byte[] ORGANIZATION = {0x06, 0x03, 0x55, 0x04, 0x0a};

  /** OID 2.5.29.19. */
  private static final byte[] BASIC_CONSTRAINTS = {0x06, 0x03, 0x55, 0x1d, 0x13};

  /** OID 2.5.29.17. */
  private static final byte[] SUBJECT_ALT_NAME = {0x06, 0x03, 0x55, 0x1d, 0x11};

  private static final int VERSION_3 = 2;
  private static final int EXTENSIONS = 3;

  private final Instant now;
  private final KeyPair keys = newKeys();
  private final X509Certificate root;

  Authority(Instant now) throws GeneralSecurityException {
    this.now = now;
    byte[] isAuthority = Der.sequence(Der.yes());
    root = sign(1, ROOT_NAME, keys, extension(BASIC_CONSTRAINTS, isAuthority));
  }

  /** Believes this root. */
  TrustBundle trust(String trustDomain) {
    return TrustBundle.of(trustDomain, List.of(root));
  }

  /** A new key and its certificate. */
  WorkloadCertificate certificate(SpiffeId whose) throws GeneralSecurityException {
    KeyPair own = newKeys();
    byte[] name = Der.sequence(Der.text(Der.URI, whose.uri()));
    X509Certificate leaf = sign(2, whose.serviceAccount(), own, extension(SUBJECT_ALT_NAME, name));
    PrivateKey key = own.getPrivate();
    return WorkloadCertificate.of(key, List.of(leaf));
  }

  private static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static byte[] extension(byte[] kind, byte[] value) {
    return Der.sequence(kind, Der.yes(), Der.of(Der.OCTET_STRING, value));
  }

  private X509Certificate sign(int serial, String subject, KeyPair whose, byte[] extension)
      throws GeneralSecurityException {
    byte[] facts =
        Der.sequence(
            Der.explicit(0, Der.number(VERSION_3)),
            Der.number(serial),
            ECDSA_WITH_SHA256,
            name(ROOT_NAME),
            Der.sequence(time(now.minus(SKEW)), time(now.plus(LIFE))),
            name(subject),
            whose.getPublic().getEncoded(),
            Der.explicit(EXTENSIONS, Der.sequence(extension)));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(facts);
    byte[] whole = Der.sequence(facts, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static byte[] name(String organization) {
    byte[] attribute = Der.sequence(ORGANIZATION, Der.text(Der.UTF8_STRING, organization));
    return Der.sequence(Der.of(Der.SET, attribute));
  }

  private static byte[] time(Instant instant) {
    return Der.text(Der.UTC_TIME, UTC.format(instant));
  }
}
