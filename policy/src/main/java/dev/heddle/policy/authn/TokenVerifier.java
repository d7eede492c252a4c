package dev.heddle.policy.authn;

import dev.heddle.policy.authz.TokenClaims;
import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether a token is one that a rule believes: signature, issuer, audience and time (RFC 7519, and
 * RFC 8725 for what to refuse). Computes and reads no clock; slow enough to be remembered per
 * token.
 */
public final class TokenVerifier {

  /** Envoy's default: clocks of issuers and mesh may differ by so much. */
  private static final long CLOCK_SKEW_SECONDS = 60;

  private TokenVerifier() {}

  /** Verifies a token as one rule asks; never throws for what the token is. */
  public static VerifiedToken verify(JwtRule rule, String token, long nowEpochSeconds) {
    try {
      CompactToken parsed = CompactToken.parse(token);
      String reason = refusal(rule, parsed, nowEpochSeconds);
      return reason.isEmpty()
          ? VerifiedToken.believed(
              TokenClaims.of(parsed.claims(), rule.spaceDelimitedClaims()),
              ClaimHeaders.of(rule, parsed.claims(), parsed.payload()))
          : VerifiedToken.refused(reason);
    } catch (IllegalArgumentException e) {
      return VerifiedToken.refused("it is malformed: " + e.getMessage());
    }
  }

  /** Why it is not believed, empty if it is. The issuer first: other rules may know another. */
  private static String refusal(JwtRule rule, CompactToken token, long now) {
    Map<String, Object> claims = token.claims();
    if (!rule.issuer().isEmpty() && !rule.issuer().equals(claims.get("iss"))) {
      return "its issuer is not configured";
    }
    if (token.hasHeader("crit")) {
      return "it asks for extensions that are not known"; // RFC 7515 section 4.1.11
    }
    String time = timeRefusal(claims, now);
    if (!time.isEmpty()) {
      return time;
    }
    if (!rule.audiences().isEmpty() && !isForOne(rule.audiences(), claims.get("aud"))) {
      return "its audience is not allowed";
    }
    return signatureRefusal(rule, token);
  }

  private static String timeRefusal(Map<String, Object> claims, long now) {
    Object expires = claims.get("exp");
    Object begins = claims.get("nbf");
    boolean numbers =
        (expires == null || expires instanceof Number)
            && (begins == null || begins instanceof Number);
    if (!numbers) {
      return "its times are no numbers";
    }
    if (expires != null && ((Number) expires).doubleValue() + CLOCK_SKEW_SECONDS < now) {
      return "it is expired";
    }
    return begins != null && ((Number) begins).doubleValue() - CLOCK_SKEW_SECONDS > now
        ? "it is not yet valid"
        : "";
  }

  private static boolean isForOne(List<String> allowed, @Nullable Object audience) {
    List<?> named =
        audience instanceof List ? (List<?>) audience : Collections.singletonList(audience);
    for (Object one : named) {
      if (one instanceof String && allowed.contains(one)) {
        return true;
      }
    }
    return false;
  }

  /** The key decides which algorithms are taken, never the token alone (RFC 8725 section 3.1). */
  private static String signatureRefusal(JwtRule rule, CompactToken token) {
    String algorithm = token.header("alg");
    String keyId = token.header("kid");
    String reason = "no key of its issuer is for its algorithm and key id";
    for (JwtKey key : rule.keys()) {
      boolean meant = keyId.isEmpty() || key.keyId().isEmpty() || key.keyId().equals(keyId);
      if (!meant || !key.algorithms().contains(algorithm)) {
        continue;
      }
      try {
        if (SignatureCheck.holds(key, algorithm, token.signed(), token.signature())) {
          return "";
        }
        reason = "its signature is wrong";
      } catch (GeneralSecurityException e) {
        reason = "its signature cannot be checked: " + e.getMessage();
      }
    }
    return reason;
  }
}
