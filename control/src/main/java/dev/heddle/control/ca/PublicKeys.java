package dev.heddle.control.ca;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;

/** Which keys are certified. */
final class PublicKeys {

  /** NIST SP 800-57: the least that is strong enough. */
  private static final int MIN_RSA_BITS = 2048;

  /** More costs every peer more than it protects; so large a key is made to hurt. */
  private static final int MAX_RSA_BITS = 8192;

  private static final BigInteger MIN_RSA_EXPONENT = BigInteger.valueOf(65_537);
  private static final int MAX_RSA_EXPONENT_BITS = 64;
  private static final int P_256_BITS = 256;
  private static final int P_384_BITS = 384;

  private PublicKeys() {}

  /** RefusedRequestException where a key is too weak, too costly or of a kind that is not known. */
  static void check(PublicKey key) throws RefusedRequestException {
    switch (key) {
      case ECPublicKey ec -> checkCurve(ec);
      case RSAPublicKey rsa -> checkRsa(rsa);
      default ->
          throw new RefusedRequestException(
              "key of kind " + key.getAlgorithm() + " (expected: EC P-256, EC P-384 or RSA)");
    }
  }

  private static void checkCurve(ECPublicKey key) throws RefusedRequestException {
    int bits = key.getParams().getOrder().bitLength();
    if (bits != P_256_BITS && bits != P_384_BITS) {
      throw new RefusedRequestException(
          "EC key of " + bits + " bits (expected: curve P-256 or P-384)");
    }
  }

  private static void checkRsa(RSAPublicKey key) throws RefusedRequestException {
    int bits = key.getModulus().bitLength();
    if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
      throw new RefusedRequestException(
          "RSA key of %d bits (expected: %d to %d)".formatted(bits, MIN_RSA_BITS, MAX_RSA_BITS));
    }
    BigInteger exponent = key.getPublicExponent();
    if (exponent.compareTo(MIN_RSA_EXPONENT) < 0
        || exponent.bitLength() > MAX_RSA_EXPONENT_BITS
        || !exponent.testBit(0)) {
      throw new RefusedRequestException(
          "RSA key with public exponent of "
              + exponent.bitLength()
              + " bits (expected: odd, from 65537, at most "
              + MAX_RSA_EXPONENT_BITS
              + " bits)");
    }
  }
}
