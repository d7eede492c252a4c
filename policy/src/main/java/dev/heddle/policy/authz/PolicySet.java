package dev.heddle.policy.authz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Policies that decide together. Istio's order: CUSTOM, DENY, then ALLOW. */
final class PolicySet {

  private final CompiledRule[] refusing;
  private final CompiledRule[] allowing;
  private final boolean hasAllow;
  private final RuleIndex refusingIndex;
  private final RuleIndex allowingIndex;

  PolicySet(List<AuthorizationPolicy> policies) {
    List<CompiledRule> refuse = new ArrayList<>(rules(policies, AuthorizationPolicy.Action.CUSTOM));
    refuse.addAll(rules(policies, AuthorizationPolicy.Action.DENY));
    refusing = refuse.toArray(new CompiledRule[0]);
    allowing = rules(policies, AuthorizationPolicy.Action.ALLOW).toArray(new CompiledRule[0]);
    refusingIndex = new RuleIndex(refusing, true);
    allowingIndex = new RuleIndex(allowing, false);
    hasAllow = hasAllow(policies);
  }

  private static boolean hasAllow(List<AuthorizationPolicy> policies) {
    for (AuthorizationPolicy policy : policies) {
      if (policy.action() == AuthorizationPolicy.Action.ALLOW) {
        return true;
      }
    }
    return false;
  }

  static List<CompiledRule> rules(
      List<AuthorizationPolicy> policies, AuthorizationPolicy.Action action) {
    List<CompiledRule> rules = new ArrayList<>();
    for (AuthorizationPolicy policy : policies) {
      for (int i = 0; policy.action() == action && i < policy.rules().size(); i++) {
        rules.add(new CompiledRule(policy, i));
      }
    }
    return rules;
  }

  /** Whether a rule is about what only requests have. */
  boolean needsRequests() {
    for (CompiledRule rule : refusing) {
      if (rule.isOfRequests()) {
        return true;
      }
    }
    for (CompiledRule rule : allowing) {
      if (rule.isOfRequests()) {
        return true;
      }
    }
    return false;
  }

  /** On a connection that carries no requests. */
  Decision decide(ConnectionAttributes connection) {
    for (CompiledRule rule : refusing) {
      if (rule.matches(connection)) {
        return rule.decision();
      }
    }
    if (!hasAllow) {
      return Decision.NO_POLICY;
    }
    for (CompiledRule rule : allowing) {
      if (rule.matches(connection)) {
        return rule.decision();
      }
    }
    return Decision.NOTHING_ALLOWS;
  }

  Pending on(ConnectionAttributes connection) {
    return new Pending(this, pending(refusing, connection), pending(allowing, connection));
  }

  /** What is left of each rule, null where none of it can match. */
  static @Nullable PendingRule[] pending(CompiledRule[] rules, ConnectionAttributes connection) {
    @Nullable PendingRule[] pending = new PendingRule[rules.length];
    for (int i = 0; i < rules.length; i++) {
      pending[i] = rules[i].on(connection);
    }
    return pending;
  }

  /** What is left of the policies once a connection is known. */
  static final class Pending {
    private final PolicySet policies;
    private final @Nullable PendingRule[] refusing;
    private final @Nullable PendingRule[] allowing;
    private final boolean refusesSome;
    private final boolean allowsSome;

    Pending(
        PolicySet policies, @Nullable PendingRule[] refusing, @Nullable PendingRule[] allowing) {
      this.policies = policies;
      this.refusing = refusing;
      this.allowing = allowing;
      refusesSome = Arrays.stream(refusing).anyMatch(Objects::nonNull);
      allowsSome = Arrays.stream(allowing).anyMatch(Objects::nonNull);
    }

    /** What is decided of every request on the connection, null where that depends. */
    @Nullable Decision ofAll() {
      for (PendingRule rule : refusing) {
        if (rule != null) {
          return rule.isCertain() ? rule.decision() : null; // the first that matches is told
        }
      }
      if (!policies.hasAllow) {
        return Decision.NO_POLICY;
      }
      return allowsSome ? null : Decision.NOTHING_ALLOWS;
    }

    /** Whether no request on the connection can be let in. */
    boolean refusesAll() {
      for (PendingRule rule : refusing) {
        if (rule != null && rule.isCertain()) {
          return true;
        }
      }
      return policies.hasAllow && !allowsSome;
    }

    Decision decide(ConnectionAttributes connection, RequestAttributes request) {
      int unknown = Unknown.of(request);
      if (refusesSome) {
        int refused = policies.refusingIndex.first(refusing, connection, request, unknown);
        if (refused != RuleIndex.NONE) {
          return policies.refusing[refused].decision();
        }
      }
      if (!policies.hasAllow) {
        return Decision.NO_POLICY;
      }
      int allowed = policies.allowingIndex.first(allowing, connection, request, unknown);
      return allowed == RuleIndex.NONE
          ? Decision.NOTHING_ALLOWS
          : policies.allowing[allowed].decision();
    }
  }
}
