package dev.heddle.rules.serviceentry;

/** Istio {@code ServiceEntry.Resolution}, in the order of its numbers. */
public enum Resolution {
  NONE,
  STATIC,
  DNS,
  DNS_ROUND_ROBIN
}
