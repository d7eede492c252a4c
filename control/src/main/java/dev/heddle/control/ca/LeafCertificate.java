package dev.heddle.control.ca;

import dev.heddle.policy.identity.SpiffeId;
import java.io.IOException;
import java.math.BigInteger;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A workload's certificate in the form of X.509-SVID: empty subject, identity as critical URI SAN,
 * for both ends of a connection.
 */
final class LeafCertificate {

  /** CA/Browser Forum asks for 64 bits at least; 127 are positive and never meet twice. */
  private static final int SERIAL_BITS = 127;

  private static final X500Name EMPTY = new X500Name(new org.bouncycastle.asn1.x500.RDN[0]);

  private LeafCertificate() {}

  static X509Certificate signed(
      Issuer issuer,
      SpiffeId identity,
      List<GeneralName> names,
      PublicKey key,
      Validity validity,
      SecureRandom random) {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded()),
            serial(random),
            Date.from(validity.notBefore()),
            Date.from(validity.notAfter()),
            EMPTY,
            SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    List<GeneralName> all = new ArrayList<>();
    all.add(new GeneralName(GeneralName.uniformResourceIdentifier, identity.uri()));
    all.addAll(names);
    try {
      builder.addExtension(
          Extension.subjectAlternativeName,
          true,
          new GeneralNames(all.toArray(new GeneralName[0])));
      builder.addExtension(Extension.keyUsage, true, usage(key));
      builder.addExtension(
          Extension.extendedKeyUsage,
          false,
          new ExtendedKeyUsage(
              new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth}));
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.certificate()));
      String algorithm = Issuer.signatureAlgorithm(issuer.key());
      return Pem.certificate(
          builder.build(new JcaContentSignerBuilder(algorithm).build(issuer.key())).getEncoded());
    } catch (IOException
        | NoSuchAlgorithmException
        | java.security.cert.CertificateEncodingException
        | OperatorCreationException e) {
      throw new IllegalStateException("keys were checked when they were read", e);
    }
  }

  static BigInteger serial(SecureRandom random) {
    return new BigInteger(SERIAL_BITS, random).setBit(0); // never zero
  }

  /** RFC 5480: an EC key cannot encipher. */
  private static KeyUsage usage(PublicKey key) {
    return new KeyUsage(
        key.getAlgorithm().equals("RSA")
            ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment
            : KeyUsage.digitalSignature);
  }
}
