package dev.heddle.policy.authz;

/** Told of what decides nothing: policies that audit, and those that are tried out. */
public interface AuthorizationObserver {

  /** A rule of action AUDIT matched. */
  void audited(Decision matched);

  /** What the policies with annotation {@code istio.io/dry-run} alone would have decided. */
  void tried(Decision decision);
}
