package dev.heddle.policy.authn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Headers that an app gets of a token that is believed: Istio {@code outputPayloadToHeader} and
 * {@code outputClaimToHeaders}.
 */
final class ClaimHeaders {

  private ClaimHeaders() {}

  /**
   * Values by lower-case name. Of claims those that are a text, a number or a boolean; a claim that
   * is not there, is empty or cannot stand in a header makes none.
   *
   * @param payload all claims in Base64url, as they were sent
   */
  static Map<String, String> of(JwtRule rule, Map<String, Object> claims, String payload) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (!rule.outputPayloadToHeader().isEmpty()) {
      headers.put(rule.outputPayloadToHeader(), payload);
    }
    rule.outputClaimToHeaders()
        .forEach(
            (header, claim) -> {
              Object value = at(claims, claim);
              boolean scalar =
                  value instanceof String || value instanceof Number || value instanceof Boolean;
              String text = scalar ? String.valueOf(value) : "";
              if (!text.isEmpty() && text.chars().noneMatch(Character::isISOControl)) {
                headers.put(header, text);
              }
            });
    return Collections.unmodifiableMap(headers);
  }

  /** A claim by its name, which may be a URL, else by the names of claims that hold it. */
  private static @Nullable Object at(Map<String, Object> claims, String name) {
    if (claims.containsKey(name)) {
      return claims.get(name);
    }
    Object value = claims;
    for (String step : name.split("\\.", -1)) {
      value = value instanceof Map ? ((Map<?, ?>) value).get(step) : null;
    }
    return value;
  }
}
