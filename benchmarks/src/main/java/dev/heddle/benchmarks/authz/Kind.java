package dev.heddle.benchmarks.authz;

import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.authz.AttributeMatch;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.authz.AuthorizationPolicy.Action;
import dev.heddle.policy.authz.AuthorizationRule;
import java.util.ArrayList;
import java.util.List;

/** What the rules look at. */
public enum Kind {
  /** Each at another caller and path. */
  CALLER_AND_PATH,
  /** All at the same caller, each at another path and one of two methods. */
  METHOD_AND_PATH,
  /** All at the same caller, each at another header. */
  HEADER;

  static final String LAST_POLICY = "shop/policy-99";

  private static final int POLICIES = 100;
  private static final int RULES = 5;

  List<AuthorizationPolicy> policies() {
    List<AuthorizationPolicy> policies = new ArrayList<>();
    for (int i = 0; i < POLICIES; i++) {
      List<AuthorizationRule> rules = new ArrayList<>();
      for (int j = 0; j < RULES; j++) {
        rules.add(rule(i * RULES + j));
      }
      policies.add(
          AuthorizationPolicy.of(
              "shop/policy-" + i, i < POLICIES / 2 ? Action.DENY : Action.ALLOW, false, rules));
    }
    return policies;
  }

  private AuthorizationRule rule(int number) {
    boolean last = number == POLICIES * RULES - 1;
    return switch (this) {
      case CALLER_AND_PATH ->
          AuthorizationRule.of(
              List.of(
                  List.of(
                      is(
                          Attribute.SOURCE_PRINCIPAL,
                          "cluster.local/ns/shop/sa/" + (number % 10 == 9 ? "cart" : number)))),
              List.of(List.of(is(Attribute.PATH, last ? "/items/*" : "/api/" + number + "/*"))),
              List.of());
      case METHOD_AND_PATH ->
          AuthorizationRule.of(
              List.of(List.of(is(Attribute.SOURCE_NAMESPACE, "shop"))),
              List.of(
                  List.of(
                      is(Attribute.METHOD, "GET", "HEAD"),
                      is(
                          Attribute.PATH,
                          last ? "/items/*" : "/items/" + number + (number % 2 == 0 ? "" : "*")))),
              List.of());
      case HEADER ->
          AuthorizationRule.of(
              List.of(),
              List.of(),
              List.of(
                  AttributeMatch.of(
                      Attribute.REQUEST_HEADER,
                      "x-tenant",
                      List.of(last ? "ann" : "tenant-" + number),
                      List.of())));
    };
  }

  private static AttributeMatch is(Attribute attribute, String... values) {
    return AttributeMatch.of(attribute, "", List.of(values), List.of());
  }
}
