package dev.heddle.policy.call;

/** When a call with all its attempts must be over; a timeout of 0 means never. */
final class Deadline {

  static final Deadline NEVER = new Deadline(false, 0);

  private final boolean set;
  private final long atNanos;

  private Deadline(boolean set, long atNanos) {
    this.set = set;
    this.atNanos = atNanos;
  }

  static Deadline in(long timeoutNanos, long nowNanos) {
    return timeoutNanos > 0 ? new Deadline(true, nowNanos + timeoutNanos) : NEVER;
  }

  boolean passed(long nowNanos) {
    return set && nowNanos - atNanos >= 0;
  }

  /** The shorter of a timeout and what is left, at least 1; 0 for no limit. */
  long limit(long timeoutNanos, long nowNanos) {
    if (!set) {
      return timeoutNanos;
    }
    long left = Math.max(1, atNanos - nowNanos);
    return timeoutNanos > 0 ? Math.min(timeoutNanos, left) : left;
  }
}
