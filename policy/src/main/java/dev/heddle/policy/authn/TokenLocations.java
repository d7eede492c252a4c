package dev.heddle.policy.authn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Where a request holds tokens: Istio {@code JWTRule.fromHeaders, fromParams, fromCookies}. */
public final class TokenLocations {

  /** Istio's places where a rule names none. */
  private static final List<JwtHeader> HEADERS =
      Collections.singletonList(JwtHeader.of("authorization", "Bearer "));

  private static final List<String> PARAMETERS = Collections.singletonList("access_token");

  private TokenLocations() {}

  /**
   * The tokens that a rule finds in a request, each once; none where the caller sent none.
   *
   * @param header a header by its lower-case name, null where it is absent
   * @param parameter a query parameter, decoded, null where it is absent
   * @param cookie a cookie, null where it is absent
   */
  public static List<String> tokens(
      JwtRule rule,
      Function<String, @Nullable String> header,
      Function<String, @Nullable String> parameter,
      Function<String, @Nullable String> cookie) {
    List<String> tokens = new ArrayList<>();
    for (JwtHeader from : headers(rule)) {
      add(tokens, behind(from.prefix(), header.apply(from.name())));
    }
    for (String from : namesNoPlace(rule) ? PARAMETERS : rule.fromParams()) {
      add(tokens, parameter.apply(from));
    }
    for (String from : rule.fromCookies()) {
      add(tokens, cookie.apply(from));
    }
    return tokens;
  }

  /** The headers, in lower case, in which a rule finds this token. */
  public static List<String> headersOf(
      JwtRule rule, String token, Function<String, @Nullable String> header) {
    List<String> names = new ArrayList<>();
    for (JwtHeader place : headers(rule)) {
      if (token.equals(behind(place.prefix(), header.apply(place.name())))) {
        names.add(place.name());
      }
    }
    return names;
  }

  private static List<JwtHeader> headers(JwtRule rule) {
    return namesNoPlace(rule) ? HEADERS : rule.fromHeaders();
  }

  private static boolean namesNoPlace(JwtRule rule) {
    return rule.fromHeaders().isEmpty()
        && rule.fromParams().isEmpty()
        && rule.fromCookies().isEmpty();
  }

  private static void add(List<String> tokens, @Nullable String token) {
    if (token != null && !token.isEmpty() && !tokens.contains(token)) {
      tokens.add(token);
    }
  }

  /** As Envoy: the scheme in any case, a text without the prefix holds no token. */
  private static @Nullable String behind(String prefix, @Nullable String value) {
    if (value == null || !value.regionMatches(true, 0, prefix, 0, prefix.length())) {
      return null;
    }
    return value.substring(prefix.length()).trim();
  }
}
