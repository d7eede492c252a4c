package dev.heddle.control.index;

import dev.heddle.policy.authn.JwtHeader;
import dev.heddle.policy.authn.JwtKey;
import dev.heddle.policy.authn.JwtRule;
import dev.heddle.rules.GoDuration;
import dev.heddle.rules.RequestAuthentication;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of a RequestAuthentication as data planes ask them, with the keys of the issuers. */
final class JwtCompiler {

  /** Istio: claims whose text is always a list. */
  private static final List<String> SPACE_DELIMITED = List.of("permission", "scope");

  /** Istio's default of {@code JWTRule.timeout}. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final KeySets keys;

  JwtCompiler(KeySets keys) {
    this.keys = keys;
  }

  /** IllegalArgumentException if a key set in the rules is none. */
  void check(RequestAuthentication policy) {
    for (dev.heddle.rules.security.JwtRule rule : policy.spec().jwtRules()) {
      keys(rule);
    }
  }

  /** As {@link #check}. */
  Stream<JwtRule> rules(RequestAuthentication policy) {
    String name = policy.metadata().namespace() + "/" + policy.metadata().name();
    return policy.spec().jwtRules().stream().map(rule -> rule(name, rule));
  }

  private JwtRule rule(String name, dev.heddle.rules.security.JwtRule rule) {
    Map<String, String> claims = new LinkedHashMap<>();
    rule.outputClaimToHeaders()
        .forEach(
            output ->
                claims.put(
                    Objects.requireNonNull(output.header()).toLowerCase(Locale.ROOT),
                    Objects.requireNonNull(output.claim())));
    Set<String> lists = new LinkedHashSet<>(SPACE_DELIMITED);
    lists.addAll(rule.spaceDelimitedClaims());
    return JwtRule.builder()
        .policy(name)
        .issuer(orEmpty(rule.issuer()))
        .audiences(rule.audiences())
        .keys(keys(rule))
        .fromHeaders(rule.fromHeaders().stream().map(JwtCompiler::header).toList())
        .fromParams(rule.fromParams())
        .fromCookies(rule.fromCookies())
        .forwardOriginalToken(Boolean.TRUE.equals(rule.forwardOriginalToken()))
        .outputPayloadToHeader(orEmpty(rule.outputPayloadToHeader()).toLowerCase(Locale.ROOT))
        .outputClaimToHeaders(claims)
        .spaceDelimitedClaims(List.copyOf(lists))
        .build();
  }

  /** Istio: keys in the rule win over those behind its URL. */
  private List<JwtKey> keys(dev.heddle.rules.security.JwtRule rule) {
    String jwks = orEmpty(rule.jwks());
    if (!jwks.isEmpty()) {
      return keys.inline(jwks);
    }
    String url = url(rule);
    return url.isEmpty() ? List.of() : keys.at(url, timeout(rule));
  }

  /** Where the rule's keys are fetched, empty where they are not. */
  static String url(dev.heddle.rules.security.JwtRule rule) {
    if (!orEmpty(rule.jwks()).isEmpty()) {
      return "";
    }
    String uri = orEmpty(rule.jwksUri());
    return uri.isEmpty() ? discovery(orEmpty(rule.issuer())) : uri;
  }

  /** Istio: without jwks and jwksUri the issuer is asked, which has to be a URL for that. */
  private static String discovery(String issuer) {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    boolean web = base.startsWith("https://") || base.startsWith("http://");
    return web ? base + KeySets.DISCOVERY : "";
  }

  private static Duration timeout(dev.heddle.rules.security.JwtRule rule) {
    GoDuration timeout = rule.timeout();
    return timeout == null || timeout.value().isZero() ? TIMEOUT : timeout.value();
  }

  private static JwtHeader header(dev.heddle.rules.security.JwtRule.JwtHeader header) {
    return JwtHeader.of(
        Objects.requireNonNull(header.name()).toLowerCase(Locale.ROOT), orEmpty(header.prefix()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
