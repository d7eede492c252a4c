package dev.heddle.control.index;

import dev.heddle.policy.authn.JwtHeader;
import dev.heddle.policy.authn.JwtKey;
import dev.heddle.policy.authn.JwtRule;
import dev.heddle.rules.RequestAuthentication;
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
    String uri = orEmpty(rule.jwksUri());
    return uri.isEmpty() ? List.of() : keys.at(uri);
  }

  private static JwtHeader header(dev.heddle.rules.security.JwtRule.JwtHeader header) {
    return JwtHeader.of(
        Objects.requireNonNull(header.name()).toLowerCase(Locale.ROOT), orEmpty(header.prefix()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
