package dev.heddle.policy.authz;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Policies that decide together. Istio's order: CUSTOM, DENY, then ALLOW. */
final class PolicySet {

  private final CompiledRule[] refusing;
  private final CompiledRule[] allowing;
  private final boolean hasAllow;

  PolicySet(List<AuthorizationPolicy> policies) {
    List<CompiledRule> refuse = new ArrayList<>(rules(policies, AuthorizationPolicy.Action.CUSTOM));
    refuse.addAll(rules(policies, AuthorizationPolicy.Action.DENY));
    refusing = refuse.toArray(new CompiledRule[0]);
    allowing = rules(policies, AuthorizationPolicy.Action.ALLOW).toArray(new CompiledRule[0]);
    hasAllow = policies.stream().anyMatch(p -> p.action() == AuthorizationPolicy.Action.ALLOW);
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
    return new Pending(pending(refusing, connection), pending(allowing, connection), hasAllow);
  }

  static PendingRule[] pending(CompiledRule[] rules, ConnectionAttributes connection) {
    List<PendingRule> pending = new ArrayList<>();
    for (CompiledRule rule : rules) {
      PendingRule left = rule.on(connection);
      if (left != null) {
        pending.add(left);
      }
    }
    return pending.toArray(new PendingRule[0]);
  }

  /** What is left of the policies once a connection is known. */
  static final class Pending {
    private final PendingRule[] refusing;
    private final PendingRule[] allowing;
    private final boolean hasAllow;

    Pending(PendingRule[] refusing, PendingRule[] allowing, boolean hasAllow) {
      this.refusing = refusing;
      this.allowing = allowing;
      this.hasAllow = hasAllow;
    }

    /** What is decided of every request on the connection, null where that depends. */
    @Nullable Decision ofAll() {
      for (PendingRule rule : refusing) {
        if (rule.isCertain()) {
          return rule.decision();
        }
      }
      if (refusing.length == 0 && !hasAllow) {
        return Decision.NO_POLICY;
      }
      return hasAllow && allowing.length == 0 && refusing.length == 0
          ? Decision.NOTHING_ALLOWS
          : null;
    }

    /** Whether no request on the connection can be let in. */
    boolean refusesAll() {
      for (PendingRule rule : refusing) {
        if (rule.isCertain()) {
          return true;
        }
      }
      return hasAllow && allowing.length == 0;
    }

    Decision decide(ConnectionAttributes connection, RequestAttributes request) {
      for (PendingRule rule : refusing) {
        if (rule.matches(connection, request)) {
          return rule.decision();
        }
      }
      if (!hasAllow) {
        return Decision.NO_POLICY;
      }
      for (PendingRule rule : allowing) {
        if (rule.matches(connection, request)) {
          return rule.decision();
        }
      }
      return Decision.NOTHING_ALLOWS;
    }
  }
}
