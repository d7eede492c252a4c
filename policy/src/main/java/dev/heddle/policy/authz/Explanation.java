package dev.heddle.policy.authz;

import com.google.auto.value.AutoValue;
import java.util.List;

/** Why a call is decided as it is: the decision, and of each rule whether it matches. */
@AutoValue
public abstract class Explanation {

  static Explanation of(Decision decision, List<RuleOutcome> rules) {
    return new AutoValue_Explanation(decision, rules);
  }

  /** What is decided. */
  public abstract Decision decision();

  /** Every rule of every policy that applies, in their order. */
  public abstract List<RuleOutcome> rules();

  /** Of one rule, whether it matches. */
  @AutoValue
  public abstract static class RuleOutcome {

    static RuleOutcome of(AuthorizationPolicy policy, int rule, List<String> failing) {
      return new AutoValue_Explanation_RuleOutcome(
          policy.name(), policy.action(), policy.dryRun(), rule, failing);
    }

    /** The {@code namespace/name} of its policy. */
    public abstract String policy();

    /** What a match means. */
    public abstract AuthorizationPolicy.Action action();

    /** Whether the policy is only tried out. */
    public abstract boolean dryRun();

    /** Its place in the policy, from 0. */
    public abstract int rule();

    /** The conditions that do not hold; empty where the rule matches. */
    public abstract List<String> failing();

    /** One line for a person. */
    @Override
    public final String toString() {
      return action()
          + " "
          + policy()
          + " rule "
          + rule()
          + (dryRun() ? " (dry run)" : "")
          + (failing().isEmpty() ? ": matches" : ": no, because of " + failing());
    }
  }
}
