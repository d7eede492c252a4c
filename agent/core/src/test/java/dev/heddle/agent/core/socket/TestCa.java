package dev.heddle.agent.core.socket;

import dev.heddle.control.client.identity.IdentitySource;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A root of a mesh, and certificates of it as the control service makes them. */
final class TestCa {

  static final String DOMAIN = "cluster.local";

  private static final X500Name ISSUER = new X500Name("O=mesh");

  private final KeyPair keys = keyPair();
  final X509Certificate root;

  TestCa() {
    root = sign(builder(ISSUER, keys, Duration.ZERO, Duration.ofDays(1), true, null));
  }

  /** An identity with its certificate, and this root to believe. */
  Identity identity(String spiffeUri) {
    return identity(spiffeUri, Duration.ZERO, Duration.ofHours(1));
  }

  Identity identity(String spiffeUri, Duration fromNow, Duration untilFromNow) {
    KeyPair leaf = keyPair();
    X509Certificate certificate =
        sign(builder(new X500Name(""), leaf, fromNow, untilFromNow, false, spiffeUri));
    return new Identity(
        WorkloadCertificate.of(leaf.getPrivate(), Arrays.asList(certificate, root)),
        TrustBundle.of(DOMAIN, Collections.singletonList(root)));
  }

  /** What a process holds; to be changed while it runs. */
  static final class Identity implements IdentitySource {
    volatile @Nullable WorkloadCertificate certificate;
    volatile @Nullable TrustBundle trust;

    Identity(@Nullable WorkloadCertificate certificate, @Nullable TrustBundle trust) {
      this.certificate = certificate;
      this.trust = trust;
    }

    @Override
    public @Nullable WorkloadCertificate certificate() {
      return certificate;
    }

    @Override
    public @Nullable TrustBundle trust() {
      return trust;
    }
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name subject,
      KeyPair subjectKeys,
      Duration fromNow,
      Duration untilFromNow,
      boolean ca,
      @Nullable String uri) {
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            ISSUER,
            BigInteger.valueOf(now.toEpochMilli()),
            Date.from(now.minusSeconds(60).plus(fromNow)),
            Date.from(now.plus(untilFromNow)),
            subject,
            subjectKeys.getPublic());
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
      if (uri != null) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            true,
            new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(
                new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth}));
      }
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
    return builder;
  }

  private X509Certificate sign(JcaX509v3CertificateBuilder builder) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (java.security.GeneralSecurityException
        | org.bouncycastle.operator.OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }
}
