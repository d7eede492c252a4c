package dev.heddle.control.jwks;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.heddle.policy.authn.JwtKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the keys that can verify signatures out of a JSON Web Key Set (RFC 7517). */
final class KeySetReader {

  /** Characters of a set at most: issuers publish up to some tens of keys of 2 KiB. */
  static final int MAX_CHARS = 1024 * 1024;

  /** Keys of a set at most; each token may be tried against all of them. */
  static final int MAX_KEYS = 100;

  /** RFC 7518 section 3.3: smaller keys must not be used. */
  private static final int MIN_RSA_BITS = 2048;

  /**
   * What stands in front of the 32 bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410).
   */
  private static final byte[] ED25519_PREFIX = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  private static final int ED25519_BYTES = 32;

  private static final List<String> RSA =
      List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");

  private KeySetReader() {}

  /** IllegalArgumentException with the reason where the text is no key set. */
  static List<JwtKey> read(String text) {
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException(
          "key set of " + text.length() + " characters (expected: at most " + MAX_CHARS + ")");
    }
    try {
      List<JWK> all = JWKSet.parse(text).getKeys();
      if (all.size() > MAX_KEYS) {
        throw new IllegalArgumentException(
            "key set of " + all.size() + " keys (expected: at most " + MAX_KEYS + ")");
      }
      List<JwtKey> keys = new ArrayList<>();
      for (JWK key : all) {
        JwtKey read = key(key);
        if (read != null) {
          keys.add(read);
        }
      }
      return List.copyOf(keys);
    } catch (ParseException | JOSEException e) {
      throw new IllegalArgumentException(
          "no JSON Web Key Set: " + e.getMessage() + " (expected: {\"keys\": [...]})", e);
    }
  }

  /** Null for keys of other uses, secrets, and algorithms that are not verified here. */
  private static @Nullable JwtKey key(JWK key) throws JOSEException {
    if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE)) {
      return null;
    }
    return switch (key) {
      case RSAKey rsa -> rsa(rsa);
      case ECKey ec -> ec(ec);
      case OctetKeyPair octets -> ed25519(octets);
      default -> null;
    };
  }

  private static @Nullable JwtKey rsa(RSAKey key) throws JOSEException {
    RSAPublicKey publicKey = key.toRSAPublicKey();
    return publicKey.getModulus().bitLength() < MIN_RSA_BITS
        ? null
        : key(key, RSA, publicKey.getEncoded());
  }

  private static @Nullable JwtKey ec(ECKey key) throws JOSEException {
    String algorithm = ecAlgorithm(key.getCurve());
    return algorithm == null
        ? null
        : key(key, List.of(algorithm), key.toECPublicKey().getEncoded());
  }

  private static @Nullable String ecAlgorithm(Curve curve) {
    if (curve.equals(Curve.P_256)) {
      return "ES256";
    }
    if (curve.equals(Curve.P_384)) {
      return "ES384";
    }
    return curve.equals(Curve.P_521) ? "ES512" : null;
  }

  private static @Nullable JwtKey ed25519(OctetKeyPair key) {
    byte[] point = key.getDecodedX();
    if (!key.getCurve().equals(Curve.Ed25519) || point.length != ED25519_BYTES) {
      return null;
    }
    byte[] encoded = new byte[ED25519_PREFIX.length + ED25519_BYTES];
    System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
    System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, ED25519_BYTES);
    return key(key, List.of("EdDSA"), encoded);
  }

  /** A key that names its algorithm is for no other. */
  private static @Nullable JwtKey key(JWK key, List<String> able, byte[] encoded) {
    String named = key.getAlgorithm() == null ? "" : key.getAlgorithm().getName();
    List<String> algorithms = named.isEmpty() ? able : able.stream().filter(named::equals).toList();
    String id = key.getKeyID() == null ? "" : key.getKeyID();
    return algorithms.isEmpty()
        ? null
        : JwtKey.of(id, algorithms, Base64.getEncoder().encodeToString(encoded));
  }
}
