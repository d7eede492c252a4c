package dev.heddle.policy.balance;

/** The dice: passed in, so that a test can load them. */
public interface RandomSource {

  /** A number from 0 (inclusive) to bound (exclusive); bound is at least 1. */
  int nextInt(int bound);

  /** Whether an event of the given probability happens; 0 never, 100 always. */
  default boolean percent(double percent) {
    return percent >= 100 || (percent > 0 && nextInt(1_000_000) < percent * 10_000);
  }
}
