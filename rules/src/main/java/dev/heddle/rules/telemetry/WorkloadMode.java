package dev.heddle.rules.telemetry;

/** Istio {@code WorkloadMode}, in the order of its numbers. */
public enum WorkloadMode {
  CLIENT_AND_SERVER,
  CLIENT,
  SERVER
}
