package dev.heddle.policy.snapshot;

import com.google.auto.value.AutoValue;
import dev.heddle.policy.authn.JwtRule;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.identity.MutualTlsMode;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The resource {@code heddle.v1.Workload/<namespace>/<workload>}: what a process must hold to be
 * called. Selectors, namespaces and precedence are settled in it.
 */
@AutoValue
public abstract class WorkloadPolicy {

  /** Of a workload about which no policy speaks: Istio's default. */
  public static final WorkloadPolicy DEFAULT =
      of(
          MutualTlsMode.PERMISSIVE,
          Collections.emptyMap(),
          Collections.emptyList(),
          Collections.emptyList());

  /** The value of its parts. */
  public static WorkloadPolicy of(
      MutualTlsMode mode,
      Map<Integer, MutualTlsMode> portModes,
      List<AuthorizationPolicy> policies,
      List<JwtRule> jwtRules) {
    return new AutoValue_WorkloadPolicy(mode, portModes, policies, jwtRules);
  }

  /** Which connections its ports take that {@link #portModes} does not name. */
  public abstract MutualTlsMode mode();

  /** Which connections single ports take. */
  public abstract Map<Integer, MutualTlsMode> portModes();

  /** Who may call it. */
  public abstract List<AuthorizationPolicy> policies();

  /** Which tokens of its callers it believes. */
  public abstract List<JwtRule> jwtRules();

  /** Which connections a port takes. */
  public final MutualTlsMode mode(int port) {
    return portModes().getOrDefault(port, mode());
  }
}
