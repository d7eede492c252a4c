package dev.heddle.policy.authn;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** Signatures of tokens (RFC 7518 section 3, RFC 8037), checked by the JDK. */
final class SignatureCheck {

  private static final int DER_SEQUENCE = 0x30;
  private static final int DER_INTEGER = 0x02;
  private static final int DER_LONG_FORM = 0x81;
  private static final int DER_SHORT_MOST = 127;
  private static final int BITS_PER_BYTE = 8;

  private SignatureCheck() {}

  /**
   * Whether the signature is the key's. GeneralSecurityException where this JDK lacks the algorithm
   * or the key is none of it.
   */
  static boolean holds(JwtKey key, String algorithm, byte[] signed, byte[] signature)
      throws GeneralSecurityException {
    switch (algorithm) {
      case "RS256":
      case "RS384":
      case "RS512":
        return holds(
            key(key, "RSA"),
            Signature.getInstance("SHA" + bits(algorithm) + "withRSA"),
            signed,
            signature);
      case "PS256":
      case "PS384":
      case "PS512":
        return holds(key(key, "RSA"), pss(bits(algorithm)), signed, signature);
      case "ES256":
      case "ES384":
      case "ES512":
        return ecdsa((ECPublicKey) key(key, "EC"), algorithm, signed, signature);
      case "EdDSA":
        return holds(key(key, "Ed25519"), Signature.getInstance("Ed25519"), signed, signature);
      default:
        throw new NoSuchAlgorithmException("algorithm " + algorithm + " is not known");
    }
  }

  private static String bits(String algorithm) {
    return algorithm.substring(2);
  }

  private static PublicKey key(JwtKey key, String kind) throws GeneralSecurityException {
    byte[] encoded = Base64.getDecoder().decode(key.publicKey());
    return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(encoded));
  }

  private static boolean holds(PublicKey key, Signature check, byte[] signed, byte[] signature)
      throws GeneralSecurityException {
    check.initVerify(key);
    check.update(signed);
    try {
      return check.verify(signature);
    } catch (SignatureException e) {
      return false; // of a length or form that no signature has
    }
  }

  private static Signature pss(String bits) throws GeneralSecurityException {
    Signature check = Signature.getInstance("RSASSA-PSS");
    String hash = "SHA-" + bits;
    check.setParameter(
        new PSSParameterSpec(
            hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(bits) / BITS_PER_BYTE, 1));
    return check;
  }

  /** RFC 7518 section 3.4: two numbers of fixed length; the JDK wants them in DER. */
  private static boolean ecdsa(ECPublicKey key, String algorithm, byte[] signed, byte[] signature)
      throws GeneralSecurityException {
    BigInteger order = key.getParams().getOrder();
    int length = (key.getParams().getCurve().getField().getFieldSize() + 7) / BITS_PER_BYTE;
    if (signature.length != 2 * length) {
      return false;
    }
    BigInteger r = new BigInteger(1, Arrays.copyOf(signature, length));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, length, 2 * length));
    // JDK 15 to 18 took zeros for a signature of anything (CVE-2022-21449).
    if (r.signum() == 0 || s.signum() == 0 || r.compareTo(order) >= 0 || s.compareTo(order) >= 0) {
      return false;
    }
    Signature check = Signature.getInstance("SHA" + bits(algorithm) + "withECDSA");
    return holds(key, check, signed, der(r.toByteArray(), s.toByteArray()));
  }

  private static byte[] der(byte[] r, byte[] s) {
    int length = 2 + r.length + 2 + s.length;
    boolean isLong = length > DER_SHORT_MOST;
    byte[] der = new byte[(isLong ? 3 : 2) + length];
    int at = 0;
    der[at++] = DER_SEQUENCE;
    if (isLong) {
      der[at++] = (byte) DER_LONG_FORM;
    }
    der[at++] = (byte) length;
    for (byte[] number : new byte[][] {r, s}) {
      der[at++] = DER_INTEGER;
      der[at++] = (byte) number.length;
      System.arraycopy(number, 0, der, at, number.length);
      at += number.length;
    }
    return der;
  }
}
