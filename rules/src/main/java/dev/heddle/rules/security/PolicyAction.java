package dev.heddle.rules.security;

import dev.heddle.rules.NotYet;

/** Istio {@code AuthorizationPolicy.Action}, in the order of its numbers. */
public enum PolicyAction {
  ALLOW,
  DENY,
  AUDIT,
  /** What it would have guarded is denied. */
  @NotYet
  CUSTOM
}
