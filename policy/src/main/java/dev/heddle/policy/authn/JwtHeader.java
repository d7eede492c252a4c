package dev.heddle.policy.authn;

import com.google.auto.value.AutoValue;

/** A header that holds a token behind a prefix: Istio {@code JWTHeader}. */
@AutoValue
public abstract class JwtHeader {

  /** The value of its parts. */
  public static JwtHeader of(String name, String prefix) {
    return new AutoValue_JwtHeader(name, prefix);
  }

  /** The header, in lower case. */
  public abstract String name();

  /** What stands in front of the token, with its space; may be empty. */
  public abstract String prefix();
}
