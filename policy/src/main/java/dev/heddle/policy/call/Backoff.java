package dev.heddle.policy.call;

import dev.heddle.policy.balance.RandomSource;

/**
 * Envoy's pause before a retry: a random time below base * (2^n - 1), at most ten times the base.
 */
final class Backoff {

  private static final int MAX_FACTOR = 10;
  private static final int NANOS_PER_MICRO = 1_000;

  private Backoff() {}

  /** The pause before retry number n, which is at least 1. */
  static long nanos(long baseNanos, int retry, RandomSource random) {
    long factor = Math.min(MAX_FACTOR, (1L << Math.min(retry, 30)) - 1);
    long micros = Math.max(1, baseNanos * factor / NANOS_PER_MICRO);
    return (long) random.nextInt((int) Math.min(Integer.MAX_VALUE, micros)) * NANOS_PER_MICRO;
  }
}
