package dev.heddle.policy.authz;

import static java.util.Arrays.asList;
import static java.util.Collections.emptyList;
import static java.util.Collections.singletonList;

import dev.heddle.policy.authz.AuthorizationPolicy.Action;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Policies as short as they can be said. */
final class Policies {

  private Policies() {}

  static AttributeMatch is(Attribute attribute, String... values) {
    return AttributeMatch.of(attribute, "", asList(values), emptyList());
  }

  static AttributeMatch isNot(Attribute attribute, String... values) {
    return AttributeMatch.of(attribute, "", emptyList(), asList(values));
  }

  static AttributeMatch header(String name, String... values) {
    return AttributeMatch.of(Attribute.REQUEST_HEADER, name, asList(values), emptyList());
  }

  static AttributeMatch claim(String name, String... values) {
    return AttributeMatch.of(Attribute.REQUEST_CLAIM, name, asList(values), emptyList());
  }

  /** A rule all of whose parts must match. */
  static AuthorizationRule rule(AttributeMatch... when) {
    return AuthorizationRule.of(emptyList(), emptyList(), asList(when));
  }

  static AuthorizationRule source(AttributeMatch... sources) {
    return AuthorizationRule.of(each(sources), emptyList(), emptyList());
  }

  static AuthorizationRule to(AttributeMatch... operations) {
    return AuthorizationRule.of(emptyList(), each(operations), emptyList());
  }

  private static List<List<AttributeMatch>> each(AttributeMatch... matches) {
    return Arrays.stream(matches).map(Collections::singletonList).collect(Collectors.toList());
  }

  static AuthorizationPolicy policy(String name, Action action, AuthorizationRule... rules) {
    return AuthorizationPolicy.of(name, action, false, asList(rules));
  }

  static AuthorizationPolicy dryRun(String name, Action action, AuthorizationRule... rules) {
    return AuthorizationPolicy.of(name, action, true, asList(rules));
  }

  static AuthorizationPolicy allow(AuthorizationRule... rules) {
    return policy("shop/allow", Action.ALLOW, rules);
  }

  static AuthorizationPolicy deny(AuthorizationRule... rules) {
    return policy("shop/deny", Action.DENY, rules);
  }

  static List<AuthorizationPolicy> only(AuthorizationPolicy policy) {
    return singletonList(policy);
  }
}
