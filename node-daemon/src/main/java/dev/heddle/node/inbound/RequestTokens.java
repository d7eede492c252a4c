package dev.heddle.node.inbound;

import dev.heddle.policy.authn.JwtRule;
import dev.heddle.policy.authn.RememberedTokens;
import dev.heddle.policy.authn.TokenLocations;
import dev.heddle.policy.authz.TokenClaims;
import dev.heddle.policy.route.QueryParameters;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Looks for tokens in requests and has them verified, as the agent does: a request without a token
 * passes, one whose tokens no rule believes is refused, and so is one that itself has a header
 * which a rule would make of tokens.
 */
final class RequestTokens {

  private final List<JwtRule> rules;
  private final RememberedTokens tokens;

  RequestTokens(List<JwtRule> rules) {
    this.rules = rules;
    this.tokens = new RememberedTokens(rules);
  }

  /** Whether the request may go on; what its token says is known then. */
  boolean believe(RequestFacts facts, HttpRequest request, LongSupplier epochMillis) {
    if (rules.isEmpty()) {
      return true;
    }
    long now = TimeUnit.MILLISECONDS.toSeconds(epochMillis.getAsLong());
    boolean refused = false;
    for (int i = 0; i < rules.size(); i++) {
      JwtRule rule = rules.get(i);
      if (isForged(rule, facts)) {
        return false;
      }
      for (String token : find(rule, facts, request)) {
        TokenClaims claims = tokens.verified(i, token, now).claims();
        if (claims == null) {
          refused = true;
        } else {
          facts.believe(claims);
        }
      }
    }
    return facts.token() != null || !refused;
  }

  private static List<String> find(JwtRule rule, RequestFacts facts, HttpRequest request) {
    Map<String, String> cookies = rule.fromCookies().isEmpty() ? Map.of() : cookies(request);
    return TokenLocations.tokens(
        rule,
        facts::header,
        name -> QueryParameters.value(request.uri(), name),
        name -> cookies.get(name));
  }

  private static boolean isForged(JwtRule rule, RequestFacts facts) {
    for (String header : rule.outputClaimToHeaders().keySet()) {
      if (facts.header(header.toLowerCase(Locale.ROOT)) != null) {
        return true;
      }
    }
    String payload = rule.outputPayloadToHeader();
    return !payload.isEmpty() && facts.header(payload.toLowerCase(Locale.ROOT)) != null;
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
