package dev.heddle.policy.authn;

import com.google.auto.value.AutoValue;
import java.util.List;

/** A public key of an issuer, taken out of its JSON Web Key Set (RFC 7517). */
@AutoValue
public abstract class JwtKey {

  /** The value of its parts. */
  public static JwtKey of(String keyId, List<String> algorithms, String publicKey) {
    return new AutoValue_JwtKey(keyId, algorithms, publicKey);
  }

  /** Its {@code kid}; empty where it has none. */
  public abstract String keyId();

  /**
   * Signatures that it is for (RFC 7518 section 3.1): RS, PS and ES of 256, 384 and 512, EdDSA;
   * never none and never those of a shared secret.
   */
  public abstract List<String> algorithms();

  /** The key as a SubjectPublicKeyInfo (RFC 5280) in Base64. */
  public abstract String publicKey();
}
