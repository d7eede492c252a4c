package dev.heddle.control.ca;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Authorities below a root, as a company's own would be. */
final class Intermediates {

  private Intermediates() {}

  static Issuer of(Issuer root, Instant now) throws Exception {
    return of(root, now, new BasicConstraints(0));
  }

  /** Has a name and a key of its own, and is nobody's authority. */
  static Issuer usurper(Issuer root, Instant now) throws Exception {
    return of(root, now, new BasicConstraints(false));
  }

  private static Issuer of(Issuer root, Instant now, BasicConstraints constraints)
      throws Exception {
    KeyPair keys = Requests.rsa(2048);
    X509Certificate certificate =
        Pem.certificate(
            new JcaX509v3CertificateBuilder(
                    root.certificate(),
                    LeafCertificate.serial(new java.security.SecureRandom()),
                    Date.from(now.minusSeconds(60)),
                    Date.from(now.plus(Duration.ofDays(30))),
                    new X500Principal("O=company, CN=mesh"),
                    keys.getPublic())
                .addExtension(Extension.basicConstraints, true, constraints)
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(root.key()))
                .getEncoded());
    return new Issuer(keys.getPrivate(), List.of(certificate, root.certificate()));
  }
}
