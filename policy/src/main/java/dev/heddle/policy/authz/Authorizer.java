package dev.heddle.policy.authz;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policies that apply to a workload, compiled: immutable, for any thread. */
public final class Authorizer {

  /** Nothing applies; everybody is let in. */
  public static final Authorizer NONE = new Authorizer(new ArrayList<>());

  private final List<AuthorizationPolicy> policies;
  private final PolicySet enforced;
  private final PolicySet tried;
  private final CompiledRule[] audit;
  private final boolean tries;

  private Authorizer(List<AuthorizationPolicy> policies) {
    List<AuthorizationPolicy> dryRun = new ArrayList<>();
    List<AuthorizationPolicy> inForce = new ArrayList<>();
    for (AuthorizationPolicy policy : policies) {
      (policy.dryRun() ? dryRun : inForce).add(policy);
    }
    this.policies = policies;
    enforced = new PolicySet(inForce);
    tried = new PolicySet(dryRun);
    audit = PolicySet.rules(inForce, AuthorizationPolicy.Action.AUDIT).toArray(new CompiledRule[0]);
    tries = !dryRun.isEmpty();
  }

  /** IllegalArgumentException with the policy and the reason where a rule cannot be used. */
  public static Authorizer of(List<AuthorizationPolicy> policies) {
    for (AuthorizationPolicy policy : policies) {
      try {
        for (int i = 0; i < policy.rules().size(); i++) {
          new CompiledRule(policy, i);
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "AuthorizationPolicy " + policy.name() + ": " + e.getMessage(), e);
      }
    }
    return policies.isEmpty() ? NONE : new Authorizer(new ArrayList<>(policies));
  }

  /**
   * Decides on a connection that carries no requests that are understood. What rules say of
   * requests cannot be told there: it is taken for true where a rule denies, and a rule that allows
   * is left out.
   */
  public Decision connection(ConnectionAttributes connection) {
    return enforced.decide(connection);
  }

  /** What decides on the requests of a connection; to be kept as long as the connection is. */
  public ConnectionAuthorizer on(ConnectionAttributes connection) {
    return new ConnectionAuthorizer(
        connection,
        enforced.on(connection),
        tried.on(connection),
        PolicySet.pending(audit, connection),
        tries);
  }

  /** Whether a rule in force is about what only requests have. */
  public boolean needsRequests() {
    return enforced.needsRequests();
  }

  /** Whether {@link #observe} has anything to tell. */
  public boolean observes() {
    return audit.length > 0 || tries;
  }

  /** Tells what decides nothing about a connection that carries no requests. */
  public void observe(ConnectionAttributes connection, AuthorizationObserver observer) {
    for (CompiledRule rule : audit) {
      if (rule.matches(connection)) {
        observer.audited(rule.decision());
      }
    }
    if (tries) {
      observer.tried(tried.decide(connection));
    }
  }

  /** Why a call is decided as it is; without a request, of a connection that carries none. */
  public Explanation explain(ConnectionAttributes connection, @Nullable RequestAttributes request) {
    Decision decision = request == null ? connection(connection) : on(connection).request(request);
    List<Explanation.RuleOutcome> outcomes = new ArrayList<>();
    for (AuthorizationPolicy policy : policies) {
      for (int i = 0; i < policy.rules().size(); i++) {
        List<String> failing = new CompiledRule(policy, i).failing(connection, request);
        outcomes.add(Explanation.RuleOutcome.of(policy, i, failing));
      }
    }
    return Explanation.of(decision, outcomes);
  }
}
