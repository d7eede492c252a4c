package dev.heddle.rules.destinationrule;

/** Istio {@code HTTPSettings.H2UpgradePolicy}, in the order of its numbers. */
public enum UpgradePolicy {
  DEFAULT,
  DO_NOT_UPGRADE,
  UPGRADE
}
