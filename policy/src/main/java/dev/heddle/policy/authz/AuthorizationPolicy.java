package dev.heddle.policy.authz;

import com.google.auto.value.AutoValue;
import java.util.List;

/** Istio {@code AuthorizationPolicy} that applies to a workload. */
@AutoValue
public abstract class AuthorizationPolicy {

  /** The kinds of {@link AuthorizationPolicy} by action. */
  public enum Action {
    ALLOW,
    DENY,
    AUDIT,
    /** Another service would decide; as none is asked, what matches is denied. */
    CUSTOM;

    /** Whether a match speaks against the caller, so that what is unknown must match. */
    boolean widens() {
      return this != ALLOW;
    }
  }

  /** The value of its parts. */
  public static AuthorizationPolicy of(
      String name, Action action, boolean dryRun, List<AuthorizationRule> rules) {
    return new AutoValue_AuthorizationPolicy(name, action, dryRun, rules);
  }

  /** Its {@code namespace/name}. */
  public abstract String name();

  /** What a match means. */
  public abstract Action action();

  /** Whether it is only told what it would do (annotation {@code istio.io/dry-run}). */
  public abstract boolean dryRun();

  /** Its rules, of which one must match; none: it never matches. */
  public abstract List<AuthorizationRule> rules();
}
