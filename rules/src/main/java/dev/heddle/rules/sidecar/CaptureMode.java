package dev.heddle.rules.sidecar;

/** Istio {@code CaptureMode}, in the order of its numbers. */
public enum CaptureMode {
  DEFAULT,
  IPTABLES,
  NONE
}
