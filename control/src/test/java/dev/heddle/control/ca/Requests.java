package dev.heddle.control.ca;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** Certificate requests, honest and other. */
final class Requests {

  private Requests() {}

  static KeyPair ec(String curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  static KeyPair rsa(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  static String of(KeyPair keys) throws Exception {
    return of(keys.getPublic(), keys.getPrivate(), algorithm(keys.getPrivate()));
  }

  static String of(PublicKey key, PrivateKey signer, String algorithm) throws Exception {
    return Pem.of(
        "CERTIFICATE REQUEST",
        new JcaPKCS10CertificationRequestBuilder(new X500Principal(""), key)
            .build(new JcaContentSignerBuilder(algorithm).build(signer))
            .getEncoded());
  }

  /** Asks to be an authority of another's name. */
  static String greedy(KeyPair keys) throws Exception {
    ExtensionsGenerator wishes = new ExtensionsGenerator();
    wishes.addExtension(
        Extension.subjectAlternativeName,
        true,
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(
                  GeneralName.uniformResourceIdentifier, "spiffe://cluster.local/ns/bank/sa/vault"),
              new GeneralName(GeneralName.dNSName, "bank.example.com")
            }));
    wishes.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    Extensions extensions = wishes.generate();
    return Pem.of(
        "CERTIFICATE REQUEST",
        new JcaPKCS10CertificationRequestBuilder(new X500Principal("CN=admin"), keys.getPublic())
            .addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions)
            .build(
                new JcaContentSignerBuilder(algorithm(keys.getPrivate())).build(keys.getPrivate()))
            .getEncoded());
  }

  static String algorithm(PrivateKey key) {
    return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
  }
}
