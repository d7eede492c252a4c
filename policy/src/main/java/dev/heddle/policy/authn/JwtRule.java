package dev.heddle.policy.authn;

import com.google.auto.value.AutoValue;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tokens of one issuer, where they are found and what is made of them: Istio {@code JWTRule}. */
@AutoValue
public abstract class JwtRule {

  /** Its {@code namespace/name}, for logs. */
  public abstract String policy();

  /** What {@code iss} must be; empty for any. */
  public abstract String issuer();

  /** One of which {@code aud} must have; empty for any. */
  public abstract List<String> audiences();

  /** Keys of the issuer; without any no token is believed. */
  public abstract List<JwtKey> keys();

  /** Where tokens are, in this order; all empty: Authorization Bearer, then access_token. */
  public abstract List<JwtHeader> fromHeaders();

  /** Query parameters that hold a token. */
  public abstract List<String> fromParams();

  /** Cookies that hold a token. */
  public abstract List<String> fromCookies();

  /** Whether the app sees the token where it came in a header; elsewhere it always does. */
  public abstract boolean forwardOriginalToken();

  /** Header, in lower case, that gets the payload in Base64url; empty for none. */
  public abstract String outputPayloadToHeader();

  /** Claims that headers get, by the header's name in lower case; nested ones parted by dots. */
  public abstract Map<String, String> outputClaimToHeaders();

  /** Claims whose text is a list, its items parted by spaces. */
  public abstract List<String> spaceDelimitedClaims();

  /** Headers that it makes of tokens, and that nobody else may: those of callers are dropped. */
  public final Set<String> madeHeaders() {
    Set<String> made = new LinkedHashSet<>(outputClaimToHeaders().keySet());
    if (!outputPayloadToHeader().isEmpty()) {
      made.add(outputPayloadToHeader());
    }
    return made;
  }

  /** A builder with its defaults set. */
  public static Builder builder() {
    return new AutoValue_JwtRule.Builder()
        .policy("")
        .issuer("")
        .audiences(Collections.emptyList())
        .keys(Collections.emptyList())
        .fromHeaders(Collections.emptyList())
        .fromParams(Collections.emptyList())
        .fromCookies(Collections.emptyList())
        .forwardOriginalToken(false)
        .outputPayloadToHeader("")
        .outputClaimToHeaders(Collections.emptyMap())
        .spaceDelimitedClaims(Collections.emptyList());
  }

  /** Builds {@link JwtRule}; every part has a default. */
  @AutoValue.Builder
  public abstract static class Builder {
    /** See {@link JwtRule#policy}. */
    public abstract Builder policy(String policy);

    /** See {@link JwtRule#issuer}. */
    public abstract Builder issuer(String issuer);

    /** See {@link JwtRule#audiences}. */
    public abstract Builder audiences(List<String> audiences);

    /** See {@link JwtRule#keys}. */
    public abstract Builder keys(List<JwtKey> keys);

    /** See {@link JwtRule#fromHeaders}. */
    public abstract Builder fromHeaders(List<JwtHeader> fromHeaders);

    /** See {@link JwtRule#fromParams}. */
    public abstract Builder fromParams(List<String> fromParams);

    /** See {@link JwtRule#fromCookies}. */
    public abstract Builder fromCookies(List<String> fromCookies);

    /** See {@link JwtRule#forwardOriginalToken}. */
    public abstract Builder forwardOriginalToken(boolean forwardOriginalToken);

    /** See {@link JwtRule#outputPayloadToHeader}. */
    public abstract Builder outputPayloadToHeader(String outputPayloadToHeader);

    /** See {@link JwtRule#outputClaimToHeaders}. */
    public abstract Builder outputClaimToHeaders(Map<String, String> outputClaimToHeaders);

    /** See {@link JwtRule#spaceDelimitedClaims}. */
    public abstract Builder spaceDelimitedClaims(List<String> spaceDelimitedClaims);

    /** The value. */
    public abstract JwtRule build();
  }
}
