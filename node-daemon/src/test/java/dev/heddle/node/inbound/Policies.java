package dev.heddle.node.inbound;

import dev.heddle.policy.authn.JwtRule;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.authz.AttributeMatch;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.authz.AuthorizationPolicy.Action;
import dev.heddle.policy.authz.AuthorizationRule;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.util.List;
import java.util.Map;

/** What workloads ask of their callers. */
final class Policies {

  private Policies() {}

  static WorkloadPolicy mode(MutualTlsMode mode) {
    return of(mode);
  }

  static WorkloadPolicy of(MutualTlsMode mode, AuthorizationPolicy... policies) {
    return WorkloadPolicy.of(mode, Map.of(), List.of(policies), List.of());
  }

  static WorkloadPolicy tokens(JwtRule rule, AuthorizationPolicy... policies) {
    return WorkloadPolicy.of(MutualTlsMode.PERMISSIVE, Map.of(), List.of(policies), List.of(rule));
  }

  static AuthorizationPolicy allow(Attribute attribute, String value) {
    return policy("default/guard", Action.ALLOW, false, attribute, value);
  }

  static AuthorizationPolicy deny(Attribute attribute, String value) {
    return policy("default/guard", Action.DENY, false, attribute, value);
  }

  static AuthorizationPolicy audit(Attribute attribute, String value) {
    return policy("default/audit", Action.AUDIT, false, attribute, value);
  }

  static AuthorizationPolicy dryRun(AuthorizationPolicy policy) {
    return AuthorizationPolicy.of("default/tried", policy.action(), true, policy.rules());
  }

  private static AuthorizationPolicy policy(
      String name, Action action, boolean dryRun, Attribute attribute, String value) {
    AttributeMatch match = AttributeMatch.of(attribute, "", List.of(value), List.of());
    AuthorizationRule rule = AuthorizationRule.of(List.of(), List.of(List.of(match)), List.of());
    return AuthorizationPolicy.of(name, action, dryRun, List.of(rule));
  }
}
