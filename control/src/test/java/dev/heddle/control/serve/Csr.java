package dev.heddle.control.serve;

import java.io.ByteArrayOutputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Certificate requests as the agent makes them: a key, no names. */
final class Csr {

  private static final int SEQUENCE = 0x30;
  private static final byte[] ECDSA_SHA256 = {
    0x30, 0x0a, 0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02
  };

  private Csr() {}

  /** PEM of a request for a new key that nobody keeps. */
  static String fresh() throws Exception {
    return of(keys());
  }

  static KeyPair keys() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  /** PEM of the private key. */
  static String key(KeyPair keys) {
    return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
  }

  /** PEM of a request for this key. */
  static String of(KeyPair keys) throws Exception {
    byte[] version = {0x02, 0x01, 0x00};
    byte[] attributes = {(byte) 0xa0, 0x00};
    byte[] info =
        tagged(
            SEQUENCE, version, new byte[] {SEQUENCE, 0}, keys.getPublic().getEncoded(), attributes);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(info);
    byte[] bits = tagged(0x03, new byte[] {0}, signature.sign());
    byte[] der = tagged(SEQUENCE, info, ECDSA_SHA256, bits);
    return pem("CERTIFICATE REQUEST", der);
  }

  private static String pem(String type, byte[] der) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(type, Base64.getMimeEncoder().encodeToString(der), type);
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length >= 128) {
      out.write(length >= 256 ? 0x82 : 0x81);
    }
    if (length >= 256) {
      out.write(length >> 8);
    }
    out.write(length & 0xff);
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
