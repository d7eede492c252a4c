package dev.heddle.control.ca;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.heddle.policy.identity.SpiffeId;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Signed words that a process is a workload: JWTs (RFC 7519) by ES256 for this authority alone, to
 * be handed to the process as a file.
 */
public final class WorkloadTokens {

  /** Whom a token is for. */
  public static final String AUDIENCE = "heddle-ca";

  /** The claim of a node daemon's token. */
  private static final String NODE = "node";

  private static final String ISSUER = "heddle-control";

  /** Clocks of makers and checkers may differ by so much. */
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  private final Supplier<TokenKeys> keys;
  private final InstantSource clock;

  WorkloadTokens(Supplier<TokenKeys> keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** A token of a caller; IllegalStateException if there is no key to sign it. */
  public String issue(Caller caller, Duration lifetime) {
    ECKey key = keys.get().signing();
    if (key == null) {
      throw new IllegalStateException("no key to sign tokens with");
    }
    Instant now = clock.instant();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(caller.identity().uri())
                .audience(AUDIENCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .jwtID(UUID.randomUUID().toString())
                .claim(NODE, caller.isNode() ? caller.node() : null)
                .build());
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("keys were checked when they were read", e);
    }
    return token.serialize();
  }

  /** Whom a token speaks of, or why it is not believed. */
  Authentication verify(String text, String trustDomain) {
    SignedJWT token;
    JWTClaimsSet claims;
    try {
      token = SignedJWT.parse(text);
      claims = token.getJWTClaimsSet();
    } catch (ParseException e) {
      return refused(Refusal.TOKEN_MALFORMED, "token that is no signed JWT");
    }
    if (!signed(token)) {
      return refused(
          Refusal.TOKEN_SIGNATURE,
          "token not signed by a key of this authority (expected: one made by heddle-control token"
              + " with its CA directory)");
    }
    Date expires = claims.getExpirationTime();
    if (expires == null || late(expires)) {
      return refused(
          Refusal.TOKEN_EXPIRED,
          "token that expired at "
              + (expires == null ? "no time" : expires.toInstant())
              + " (expected: a later time; make a new one by heddle-control token)");
    }
    if (!claims.getAudience().contains(AUDIENCE)) {
      return refused(
          Refusal.TOKEN_AUDIENCE,
          "token for audience " + claims.getAudience() + " (expected: " + AUDIENCE + ")");
    }
    return caller(claims, trustDomain);
  }

  private boolean late(Date expires) {
    return expires.toInstant().plus(CLOCK_SKEW).isBefore(clock.instant());
  }

  private boolean signed(SignedJWT token) {
    JWSHeader header = token.getHeader();
    ECKey key = keys.get().named(header.getKeyID());
    try {
      // The algorithm is ours, not what the token says of itself.
      return key != null
          && JWSAlgorithm.ES256.equals(header.getAlgorithm())
          && token.verify(new ECDSAVerifier(key));
    } catch (JOSEException e) {
      return false;
    }
  }

  private static Authentication caller(JWTClaimsSet claims, String trustDomain) {
    String subject = claims.getSubject();
    SpiffeId identity = subject == null ? null : SpiffeId.parse(subject);
    if (identity == null || !identity.trustDomain().equals(trustDomain)) {
      return refused(
          Refusal.TRUST_DOMAIN,
          "token of " + subject + " (expected: an identity of trust domain " + trustDomain + ")");
    }
    return new Authentication.Proven(
        Caller.proven(identity, claims.getClaim(NODE) instanceof String node ? node : ""));
  }

  private static Authentication refused(Refusal reason, String message) {
    return new Authentication.Refused(reason, message);
  }
}
