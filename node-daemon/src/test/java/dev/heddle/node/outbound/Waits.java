package dev.heddle.node.outbound;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for what happens on another thread, with an end. */
final class Waits {

  private static final long LOOK_NANOS = 20_000_000;
  private static final long LIMIT_NANOS = 10_000_000_000L;

  /** Looks without a change after which a number is taken to stand still. */
  private static final int STEADY_LOOKS = 25;

  private Waits() {}

  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("it did not come about in 10 s");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /** Waits until a number that grows stands still. */
  static void untilSteady(LongSupplier number) {
    long[] last = {-1, 0};
    until(
        () -> {
          long now = number.getAsLong();
          last[1] = now == last[0] ? last[1] + 1 : 0;
          last[0] = now;
          return now > 0 && last[1] >= STEADY_LOOKS;
        });
  }
}
