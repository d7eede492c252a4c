package dev.heddle.agent.dist;

import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates of a mesh, as files. */
final class TestCertificates {

  private static final X500Name ISSUER = new X500Name("O=mesh");

  private TestCertificates() {}

  /** A key with its chain under "leaf", and the chain's root under "root". */
  static Path keyStore(Path file, String spiffeUri) throws Exception {
    KeyPair rootKeys = keys();
    X509Certificate root = certificate(ISSUER, rootKeys, rootKeys.getPrivate(), "");
    KeyPair leafKeys = keys();
    X509Certificate leaf =
        certificate(new X500Name(""), leafKeys, rootKeys.getPrivate(), spiffeUri);
    char[] password = MeshDouble.PASSWORD.toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("leaf", leafKeys.getPrivate(), password, new Certificate[] {leaf, root});
    store.setCertificateEntry("root", root);
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password);
    }
    return file;
  }

  private static KeyPair keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  /** Of a workload; of the root where there is no URI. */
  private static X509Certificate certificate(
      X500Name subject, KeyPair keys, PrivateKey signer, String uri) throws Exception {
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            ISSUER,
            BigInteger.valueOf(now.toEpochMilli()),
            Date.from(now.minusSeconds(60)),
            Date.from(now.plusSeconds(3600)),
            subject,
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(uri.isEmpty()));
    if (!uri.isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName,
          true,
          new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
    }
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer)));
  }
}
