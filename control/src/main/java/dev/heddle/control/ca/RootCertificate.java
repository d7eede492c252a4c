package dev.heddle.control.ca;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes roots of meshes. */
final class RootCertificate {

  /** As long as Istio's: roots are changed on purpose, not by running out. */
  private static final Duration LIFETIME = Duration.ofDays(3650);

  /** Certificates are backdated, and none may be older than its root. */
  private static final Duration BACKDATED = Duration.ofDays(1);

  private static final int NAME_BYTES = 4;

  private RootCertificate() {}

  /** A root that signs for a trust domain. */
  static Issuer make(String trustDomain, Instant now, SecureRandom random) {
    try {
      KeyPair keys = keyPair(random);
      // Two roots of a mesh differ in name, so that no one tries the wrong one first.
      byte[] number = new byte[NAME_BYTES];
      random.nextBytes(number);
      var name =
          new X500NameBuilder()
              .addRDN(BCStyle.O, trustDomain)
              .addRDN(BCStyle.CN, "Heddle root " + HexFormat.of().formatHex(number))
              .build();
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              LeafCertificate.serial(random),
              Date.from(now.minus(BACKDATED)),
              Date.from(now.plus(LIFETIME)),
              name,
              keys.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
      String algorithm = Issuer.signatureAlgorithm(keys.getPrivate());
      X509Certificate root =
          Pem.certificate(
              builder
                  .build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate()))
                  .getEncoded());
      return new Issuer(keys.getPrivate(), List.of(root));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("every JDK signs with EC P-256", e);
    }
  }

  /** EC P-256. */
  static KeyPair keyPair(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }
}
