package dev.heddle.policy.balance;

import java.util.concurrent.atomic.AtomicInteger;

/** What outlier detection counts of one host. */
public final class HostHealth {

  private final AtomicInteger consecutive5xx = new AtomicInteger();
  private final AtomicInteger consecutiveGatewayErrors = new AtomicInteger();
  private final AtomicInteger consecutiveLocalFailures = new AtomicInteger();
  private volatile boolean ejected;
  private volatile long ejectedAtNanos;
  private final AtomicInteger timesEjected = new AtomicInteger();

  /** Statuses 500 to 599 in a row. */
  public AtomicInteger consecutive5xx() {
    return consecutive5xx;
  }

  /** Statuses 502, 503 and 504 in a row. */
  public AtomicInteger consecutiveGatewayErrors() {
    return consecutiveGatewayErrors;
  }

  /** Failures to connect, resets and timeouts in a row. */
  public AtomicInteger consecutiveLocalFailures() {
    return consecutiveLocalFailures;
  }

  /** Whether the host is left out now. */
  public boolean ejected() {
    return ejected;
  }

  /** When it was ejected; meaningful while {@link #ejected}. */
  public long ejectedAtNanos() {
    return ejectedAtNanos;
  }

  /** The factor of the next ejection's length. */
  public int timesEjected() {
    return timesEjected.get();
  }

  /**
   * Leaves the host out, longer than the last time unless that was the longest time; callers hold
   * the detector's lock.
   */
  public void eject(long nowNanos, boolean longest) {
    timesEjected.addAndGet(longest ? 0 : 1);
    ejectedAtNanos = nowNanos;
    ejected = true;
  }

  /** Takes the host back, its counters at zero; callers hold the detector's lock. */
  public void restore() {
    consecutive5xx.set(0);
    consecutiveGatewayErrors.set(0);
    consecutiveLocalFailures.set(0);
    ejected = false;
  }

  /**
   * A sweep found the host well: the next ejection is shorter; callers hold the detector's lock.
   */
  public void forgive() {
    if (timesEjected.get() > 0) {
      timesEjected.decrementAndGet();
    }
  }
}
