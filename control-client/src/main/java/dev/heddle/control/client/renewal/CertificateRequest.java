package dev.heddle.control.client.renewal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * A new key and the PKCS #10 request (RFC 2986) that proves its possession. It names no subject:
 * whose certificate it becomes says the caller's authentication alone.
 */
final class CertificateRequest {

  /** SEQUENCE of OID 1.2.840.10045.4.3.2, ecdsa-with-SHA256; no parameters (RFC 5758, 3.2). */
  private static final byte[] ECDSA_WITH_SHA256 = {
    0x30, 0x0a, 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
  };

  private static final int PEM_LINE_CHARS = 64;

  private final KeyPair keys;
  private final byte[] der;

  private CertificateRequest(KeyPair keys, byte[] der) {
    this.keys = keys;
    this.der = der;
  }

  /** With a key on P-256; GeneralSecurityException where the JVM has no elliptic curves. */
  static CertificateRequest make() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    byte[] info =
        Der.sequence(
            Der.ZERO, // v1
            Der.sequence(),
            keys.getPublic().getEncoded(),
            Der.EMPTY_SET_0);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(info);
    byte[] der = Der.sequence(info, ECDSA_WITH_SHA256, Der.bitString(signature.sign()));
    return new CertificateRequest(keys, der);
  }

  /** The key pair; it is held nowhere else. */
  KeyPair keys() {
    return keys;
  }

  /** As CreateCertificate takes it. */
  String pem() {
    return "-----BEGIN CERTIFICATE REQUEST-----\n"
        + Base64.getMimeEncoder(PEM_LINE_CHARS, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(der)
        + "\n-----END CERTIFICATE REQUEST-----\n";
  }
}
