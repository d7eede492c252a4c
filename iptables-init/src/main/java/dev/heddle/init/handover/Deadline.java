package dev.heddle.init.handover;

import java.time.Duration;

/** An end that several waits share. */
record Deadline(Duration length, long nanoTime) {

  static Deadline in(Duration wait) {
    return new Deadline(wait, System.nanoTime() + wait.toNanos());
  }

  /** Never less than a millisecond: to a socket, no time is all the time. */
  Duration left() {
    long nanos = Math.max(1_000_000, nanoTime - System.nanoTime());
    return Duration.ofNanos(nanos);
  }
}
