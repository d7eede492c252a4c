package dev.heddle.agent.core.call;

import java.util.concurrent.TimeUnit;

/**
 * How long the app itself waits for the head of a response, over all attempts of its call and the
 * waits between them. It stands still while a request is on its way out, as the app's own timeout
 * does. One thread at a time.
 */
final class Patience {

  /** What goes by before a first attempt is sent, without a wait. */
  private static final long UNWORN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final boolean bounded;
  private final long wholeNanos;
  private long leftNanos;
  private long sinceNanos;
  private boolean running;

  /** 0: without end. */
  Patience(long nanos) {
    this.bounded = nanos > 0;
    this.wholeNanos = nanos;
    this.leftNanos = nanos;
  }

  void run(long nowNanos) {
    if (!running) {
      running = true;
      sinceNanos = nowNanos;
    }
  }

  void stand(long nowNanos) {
    if (running) {
      leftNanos -= nowNanos - sinceNanos;
      running = false;
    }
  }

  boolean isBounded() {
    return bounded;
  }

  /**
   * Whether waits or attempts before have used some of it up. Where not, a library that waits as
   * long as the app has told it needs no timer beside its own.
   */
  boolean isWorn() {
    return wholeNanos - leftNanos > UNWORN_NANOS;
  }

  /** Nanoseconds, at least 0; of no meaning where it is without end. */
  long left(long nowNanos) {
    return Math.max(0, running ? leftNanos - (nowNanos - sinceNanos) : leftNanos);
  }
}
