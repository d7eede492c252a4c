package dev.heddle.policy.authz;

import org.jspecify.annotations.Nullable;

/** Whether a caller is let in, and which rule says so; made once per rule. */
public final class Decision {

  /** Why. */
  public enum Reason {
    /** No policy that allows or denies applies to the workload. */
    NO_POLICY,
    /** A rule that allows matched and none that denies. */
    ALLOWED,
    /** A rule that denies matched. */
    DENIED,
    /** Policies that allow apply, and none of their rules matched. */
    NOTHING_ALLOWS,
    /** A rule matched whose decision another service would take, which is not supported yet. */
    CUSTOM_NOT_SUPPORTED
  }

  static final Decision NO_POLICY = new Decision(Reason.NO_POLICY, "", -1);
  static final Decision NOTHING_ALLOWS = new Decision(Reason.NOTHING_ALLOWS, "", -1);

  private final Reason reason;
  private final String policy;
  private final int rule;

  private Decision(Reason reason, String policy, int rule) {
    this.reason = reason;
    this.policy = policy;
    this.rule = rule;
  }

  /** What a match of this rule means. */
  static Decision of(AuthorizationPolicy policy, int rule) {
    switch (policy.action()) {
      case ALLOW:
      case AUDIT:
        return new Decision(Reason.ALLOWED, policy.name(), rule);
      case DENY:
        return new Decision(Reason.DENIED, policy.name(), rule);
      case CUSTOM:
        return new Decision(Reason.CUSTOM_NOT_SUPPORTED, policy.name(), rule);
    }
    throw new IllegalArgumentException("action " + policy.action() + " is not known");
  }

  /** Whether the caller is let in. */
  public boolean allowed() {
    return reason == Reason.ALLOWED || reason == Reason.NO_POLICY;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The {@code namespace/name} of the policy that decided; empty where no single one did. */
  public String policy() {
    return policy;
  }

  /** The rule of that policy, from 0; -1 where no single one decided. */
  public int rule() {
    return rule;
  }

  /** That under which rules are counted which nobody counts one by one. */
  Decision ofOthers() {
    return new Decision(reason, "others", -1);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Decision
        && reason == ((Decision) other).reason
        && rule == ((Decision) other).rule
        && policy.equals(((Decision) other).policy);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * reason.hashCode() + policy.hashCode()) + rule;
  }

  /** One line for a log or a person. */
  @Override
  public String toString() {
    switch (reason) {
      case NO_POLICY:
        return "allowed: no policy applies";
      case NOTHING_ALLOWS:
        return "denied: policies that allow apply, and none of their rules matches";
      case ALLOWED:
        return "allowed by rule " + rule + " of " + policy;
      case DENIED:
        return "denied by rule " + rule + " of " + policy;
      case CUSTOM_NOT_SUPPORTED:
        return "denied: rule "
            + rule
            + " of "
            + policy
            + " matches, whose action CUSTOM is not supported yet";
    }
    throw new IllegalStateException("reason " + reason + " has no sentence");
  }
}
