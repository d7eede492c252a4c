package dev.heddle.e2e;

import java.time.Duration;

/** Waits for a condition, never longer than a deadline. */
public final class Await {

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** Between two looks. */
  private static final Duration PAUSE = Duration.ofMillis(5);

  private Await() {}

  /** Something that becomes true. */
  public interface Condition {
    boolean holds() throws Exception;
  }

  /** Returns when the condition holds; AssertionError with this sentence if it never does. */
  public static void until(String sentence, Condition condition) throws Exception {
    until(sentence, DEADLINE, condition);
  }

  private static void until(String sentence, Duration deadline, Condition condition)
      throws Exception {
    long end = System.nanoTime() + deadline.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + deadline + ": " + sentence);
      }
      Thread.sleep(PAUSE);
    }
  }

  /** Returns when this time, milliseconds since 1970, has come. */
  public static void time(long millis) throws Exception {
    until("it is " + millis, () -> System.currentTimeMillis() >= millis);
  }

  /** Returns when so much time has gone. */
  static void time(Duration time) throws Exception {
    long end = System.nanoTime() + time.toNanos();
    until("it is over", time.plus(DEADLINE), () -> System.nanoTime() >= end);
  }
}
