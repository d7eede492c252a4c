package dev.heddle.agent.core.call;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Ends an attempt whose time is over, and knows whose time that was. */
final class Watchdog {

  /** Whose timeout it was. */
  enum Bite {
    /** Nobody's yet. */
    NONE,
    /** The route's, or the attempt's own. */
    ATTEMPT,
    /** The app's own. */
    APP,
    /** It rests: the attempt ended by itself. */
    RESTING
  }

  private final Deadlines deadlines;
  private final Runnable abort;
  private final AtomicReference<Bite> bite = new AtomicReference<>(Bite.NONE);
  private Deadlines.@Nullable Timeout attemptTimer;
  private Deadlines.@Nullable Timeout appTimer;

  Watchdog(Deadlines deadlines, Runnable abort) {
    this.deadlines = deadlines;
    this.abort = abort;
  }

  void ofAttempt(long nanos) {
    attemptTimer = in(nanos, Bite.ATTEMPT);
  }

  void ofApp(long nanos) {
    appTimer = in(nanos, Bite.APP);
  }

  private Deadlines.Timeout in(long nanos, Bite whose) {
    return deadlines.in(
        nanos,
        () -> {
          if (bite.compareAndSet(Bite.NONE, whose)) {
            abort.run();
          }
        });
  }

  /** The attempt ended; whose timeout ended it. */
  Bite rest() {
    stop(attemptTimer);
    stop(appTimer);
    return bite.compareAndSet(Bite.NONE, Bite.RESTING)
        ? Bite.NONE
        : Objects.requireNonNull(bite.get());
  }

  private static void stop(Deadlines.@Nullable Timeout timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
