package dev.heddle.control.client.renewal;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A root and what it signs. */
@SuppressWarnings("JavaUtilDate") // Bouncy Castle's form of time
public final class TestRoot {

  static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

  private final AtomicLong serial = new AtomicLong();
  private final X500Name name;
  private final KeyPair keys = keys();
  private final X509Certificate certificate;

  /** A new one. */
  public TestRoot(String name) {
    this.name = new X500Name("CN=" + name);
    long now = System.currentTimeMillis();
    X509v3CertificateBuilder builder =
        builder(this.name, keys.getPublic(), now - DAY_MILLIS, now + DAY_MILLIS);
    try {
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    } catch (CertIOException e) {
      throw new AssertionError(e);
    }
    certificate = sign(builder);
  }

  static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** Self-signed. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** A workload's. */
  X509Certificate workload(PublicKey key, String uri, long notAfterMillis) {
    return leaf(
        key,
        notAfterMillis,
        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
  }

  /** A server's for a name of DNS. */
  X509Certificate server(PublicKey key, String host) {
    return leaf(
        key,
        System.currentTimeMillis() + DAY_MILLIS,
        new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
  }

  private X509Certificate leaf(PublicKey key, long notAfterMillis, GeneralNames names) {
    long notBefore = System.currentTimeMillis() - TimeUnit.MINUTES.toMillis(1);
    X509v3CertificateBuilder builder =
        builder(new X500Name(""), key, Math.min(notBefore, notAfterMillis - 1), notAfterMillis);
    try {
      builder.addExtension(Extension.subjectAlternativeName, true, names);
    } catch (CertIOException e) {
      throw new AssertionError(e);
    }
    return sign(builder);
  }

  private X509v3CertificateBuilder builder(
      X500Name subject, PublicKey key, long notBefore, long notAfter) {
    return new X509v3CertificateBuilder(
        name,
        BigInteger.valueOf(serial.incrementAndGet()),
        new Date(notBefore),
        new Date(notAfter),
        subject,
        SubjectPublicKeyInfo.getInstance(key.getEncoded()));
  }

  private X509Certificate sign(X509v3CertificateBuilder builder) {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (OperatorCreationException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** As files hold it. */
  public static String pem(X509Certificate certificate) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(certificate);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return text.toString();
  }
}
