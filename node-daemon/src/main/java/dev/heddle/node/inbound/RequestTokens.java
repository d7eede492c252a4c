package dev.heddle.node.inbound;

import dev.heddle.policy.authn.JwtRule;
import dev.heddle.policy.authn.RememberedTokens;
import dev.heddle.policy.authn.TokenLocations;
import dev.heddle.policy.authn.VerifiedToken;
import dev.heddle.policy.authz.TokenClaims;
import dev.heddle.policy.route.QueryParameters;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for tokens in requests and has them verified, as the agent does: a request without a token
 * passes, one whose tokens no rule believes is refused. The app sees the headers that rules make of
 * tokens, none of them from a caller, and no token that ends here.
 */
final class RequestTokens {

  private final List<JwtRule> rules;
  private final RememberedTokens tokens;

  RequestTokens(List<JwtRule> rules) {
    this.rules = rules;
    this.tokens = new RememberedTokens(rules);
  }

  /** Why the request may not go on; null: it may, and is as its app is to see it. */
  @Nullable String disbelief(RequestFacts facts, HttpRequest request, LongSupplier epochMillis) {
    if (rules.isEmpty()) {
      return null;
    }
    for (JwtRule rule : rules) {
      rule.madeHeaders().forEach(request.headers()::remove);
    }
    long now = TimeUnit.MILLISECONDS.toSeconds(epochMillis.getAsLong());
    Map<String, String> made = new LinkedHashMap<>();
    Set<String> ended = new LinkedHashSet<>();
    String reason = null;
    for (int i = 0; i < rules.size(); i++) {
      JwtRule rule = rules.get(i);
      for (String token : find(rule, facts, request)) {
        VerifiedToken verified = tokens.verified(i, token, now);
        TokenClaims claims = verified.claims();
        if (claims == null) {
          reason = verified.reason();
          continue;
        }
        facts.believe(claims);
        made.putAll(verified.headers());
        if (!rule.forwardOriginalToken()) {
          ended.addAll(TokenLocations.headersOf(rule, token, facts::header));
        }
      }
    }
    if (facts.token() == null && reason != null) {
      return reason;
    }
    ended.forEach(request.headers()::remove);
    made.forEach(request.headers()::set);
    return null;
  }

  private static List<String> find(JwtRule rule, RequestFacts facts, HttpRequest request) {
    Map<String, String> cookies = rule.fromCookies().isEmpty() ? Map.of() : cookies(request);
    return TokenLocations.tokens(
        rule,
        facts::header,
        name -> QueryParameters.value(request.uri(), name),
        name -> cookies.get(name));
  }

  /** RFC 6265 section 4.2.1; of several of one name the first. */
  private static Map<String, String> cookies(HttpRequest request) {
    Map<String, String> cookies = new HashMap<>();
    for (String header : request.headers().getAll(HttpHeaderNames.COOKIE)) {
      for (String pair : header.split("[;,]", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          cookies.putIfAbsent(pair.substring(0, equals).trim(), pair.substring(equals + 1).trim());
        }
      }
    }
    return cookies;
  }
}
