package dev.heddle.agent.core.inbound;

import dev.heddle.policy.authn.JwtRule;
import dev.heddle.policy.authn.RememberedTokens;
import dev.heddle.policy.authn.TokenLocations;
import dev.heddle.policy.authn.VerifiedToken;
import dev.heddle.policy.authz.TokenClaims;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for tokens in requests and has them verified. A request without a token passes: whether it
 * needs one an AuthorizationPolicy says. One whose tokens no rule believes is refused.
 */
final class TokenCheck {

  private static final long MILLIS_PER_SECOND = 1_000;

  private final List<JwtRule> rules;
  private final LongSupplier epochMillis;
  private final RememberedTokens tokens;

  TokenCheck(List<JwtRule> rules, LongSupplier epochMillis) {
    this.rules = rules;
    this.epochMillis = epochMillis;
    this.tokens = new RememberedTokens(rules);
  }

  /**
   * Why the request is refused, empty if it is not; then it is as its app is to see it: without
   * headers that only rules make, with those that they do, and without tokens that end here.
   */
  String refusal(InboundRequest request) {
    if (!request.bringsTokens()) {
      return "";
    }
    for (JwtRule rule : rules) {
      for (String made : rule.madeHeaders()) {
        if (request.header(made) != null) {
          request.edit(made, null);
        }
      }
    }
    Map<String, @Nullable String> edits = new LinkedHashMap<>();
    String reason = believe(request, edits);
    if (request.token() == null && !reason.isEmpty()) {
      return reason;
    }
    edits.forEach(request::edit);
    request.tokensAreDone();
    return "";
  }

  /** Verifies all tokens of a request; the reason why one of them is not believed. */
  private String believe(InboundRequest request, Map<String, @Nullable String> edits) {
    long now = epochMillis.getAsLong() / MILLIS_PER_SECOND;
    Map<String, String> made = new LinkedHashMap<>();
    String reason = "";
    for (int i = 0; i < rules.size(); i++) {
      JwtRule rule = rules.get(i);
      for (String token :
          TokenLocations.tokens(rule, request::header, request::parameter, cookies(request))) {
        VerifiedToken verified = tokens.verified(i, token, now);
        TokenClaims claims = verified.claims();
        if (claims == null) {
          reason = verified.reason();
          continue;
        }
        request.believe(claims);
        made.putAll(verified.headers());
        if (!rule.forwardOriginalToken()) {
          TokenLocations.headersOf(rule, token, request::header)
              .forEach(header -> edits.put(header, null));
        }
      }
    }
    edits.putAll(made);
    return reason;
  }

  /** RFC 6265 section 4.2.1; of several of one name the first. */
  private static Function<String, @Nullable String> cookies(InboundRequest request) {
    Map<String, String> cookies = new HashMap<>();
    String header = request.header("cookie");
    if (header != null) {
      for (String pair : header.split("[;,]", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          cookies.putIfAbsent(pair.substring(0, equals).trim(), pair.substring(equals + 1).trim());
        }
      }
    }
    return cookies::get;
  }
}
