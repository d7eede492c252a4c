package dev.heddle.agent.core.call;

/**
 * How long the app itself waits for the head of a response, over all attempts of its call and the
 * waits between them. It stands still while a request is on its way out, as the app's own timeout
 * does. One thread at a time.
 */
final class Patience {

  private final boolean bounded;
  private long leftNanos;
  private long sinceNanos;
  private boolean running;

  /** 0: without end. */
  Patience(long nanos) {
    this.bounded = nanos > 0;
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

  /** Nanoseconds, at least 0; of no meaning where it is without end. */
  long left(long nowNanos) {
    return Math.max(0, running ? leftNanos - (nowNanos - sinceNanos) : leftNanos);
  }
}
