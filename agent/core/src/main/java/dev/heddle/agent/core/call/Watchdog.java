package dev.heddle.agent.core.call;

import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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

  private final ScheduledExecutorService timers;
  private final Runnable abort;
  private final AtomicReference<Bite> bite = new AtomicReference<>(Bite.NONE);
  private @Nullable Future<?> attemptTimer;
  private @Nullable Future<?> appTimer;

  Watchdog(ScheduledExecutorService timers, Runnable abort) {
    this.timers = timers;
    this.abort = abort;
  }

  /** 0: no limit. */
  void ofAttempt(long nanos) {
    if (nanos > 0) {
      attemptTimer = in(nanos, Bite.ATTEMPT);
    }
  }

  void ofApp(long nanos) {
    appTimer = in(nanos, Bite.APP);
  }

  private Future<?> in(long nanos, Bite whose) {
    return timers.schedule(
        () -> {
          if (bite.compareAndSet(Bite.NONE, whose)) {
            abort.run();
          }
        },
        nanos,
        TimeUnit.NANOSECONDS);
  }

  /** The attempt ended; whose timeout ended it. */
  Bite rest() {
    stop(attemptTimer);
    stop(appTimer);
    return bite.compareAndSet(Bite.NONE, Bite.RESTING)
        ? Bite.NONE
        : Objects.requireNonNull(bite.get());
  }

  private static void stop(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
