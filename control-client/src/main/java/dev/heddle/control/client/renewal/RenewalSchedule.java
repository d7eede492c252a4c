package dev.heddle.control.client.renewal;

import dev.heddle.policy.balance.RandomSource;

/** When the next certificate is asked for. */
final class RenewalSchedule {

  private static final int DICE = 1 << 20;

  private final RandomSource random;

  RenewalSchedule(RandomSource random) {
    this.random = random;
  }

  /**
   * When one that was issued now is renewed: half of its time from now, not from its notBefore,
   * which authorities backdate. Milliseconds since 1970.
   */
  long renewal(long nowMillis, long notAfterMillis) {
    double part =
        RenewalLimits.EARLIEST_PART
            + RenewalLimits.SPREAD_PART * random.nextInt(DICE) / (double) DICE;
    return nowMillis + (long) ((notAfterMillis - nowMillis) * part);
  }

  /** The pause after this many failures in a row, from 1 on: exponential with full jitter. */
  long pauseMillis(int failures) {
    long longest =
        Math.min(
            RenewalLimits.LONGEST_RETRY_MILLIS,
            RenewalLimits.FIRST_RETRY_MILLIS << Math.min(failures - 1, 10));
    return 1L + random.nextInt((int) longest);
  }
}
