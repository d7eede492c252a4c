package dev.heddle.agent.core.call;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Timeouts of calls, nearly all of which are cancelled long before their time. A queue of timers
 * has one lock, orders what never comes, and wakes its thread for the first of them; here a call
 * links and unlinks itself in a list that few threads share, and the clock is set once for all.
 */
final class Deadlines {

  /** Lists, so that threads seldom meet; a power of two. */
  private static final int STRIPES = 16;

  private static final long NEVER = Long.MAX_VALUE;

  private final ScheduledExecutorService timers;
  private final LongSupplier clock;
  private final long originNanos;
  private final Stripe[] stripes = new Stripe[STRIPES];
  private volatile long wakeAt = NEVER;
  private @Nullable Future<?> wake;

  /**
   * @param timers where what is due runs
   * @param clock nanoseconds, as System.nanoTime
   */
  Deadlines(ScheduledExecutorService timers, LongSupplier clock) {
    this.timers = timers;
    this.clock = clock;
    this.originNanos = clock.getAsLong();
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  /** Runs a task in so many nanoseconds, on the timers' thread, unless it is cancelled before. */
  Timeout in(long nanos, Runnable task) {
    long now = now();
    long at = nanos < NEVER - now ? now + nanos : NEVER - 1;
    Timeout timeout = new Timeout(stripe(), at, task);
    timeout.stripe.link(timeout);
    if (at < wakeAt) {
      wakeBy(at);
    }
    return timeout;
  }

  /** Since this began: such times can be compared. */
  private long now() {
    return clock.getAsLong() - originNanos;
  }

  private Stripe stripe() {
    return stripes[(int) Thread.currentThread().getId() & (STRIPES - 1)];
  }

  private synchronized void wakeBy(long at) {
    if (at < wakeAt) {
      wakeAt = at;
      if (wake != null) {
        wake.cancel(false);
      }
      wake = timers.schedule(this::wake, Math.max(0, at - now()), TimeUnit.NANOSECONDS);
    }
  }

  private void wake() {
    synchronized (this) {
      wakeAt = NEVER; // what comes from here on sets the clock itself
      wake = null;
    }
    List<Timeout> due = new ArrayList<>();
    long now = now();
    long next = NEVER;
    for (Stripe stripe : stripes) {
      next = Math.min(next, stripe.take(now, due));
    }
    if (next != NEVER) {
      wakeBy(next);
    }
    due.sort(Comparator.comparingLong(timeout -> timeout.at));
    for (Timeout timeout : due) {
      timers.execute(timeout.task); // one that throws must not keep others from running
    }
  }

  /** A task that waits for its time. */
  static final class Timeout {
    private final Stripe stripe;
    private final long at;
    private final Runnable task;
    private @Nullable Timeout previous;
    private @Nullable Timeout next;
    private boolean linked;

    private Timeout(Stripe stripe, long at, Runnable task) {
      this.stripe = stripe;
      this.at = at;
      this.task = task;
    }

    /** It does not run, unless it does already. */
    void cancel() {
      stripe.unlink(this);
    }
  }

  /** A list in no order; its monitor guards it. */
  private static final class Stripe {
    private @Nullable Timeout first;

    synchronized void link(Timeout timeout) {
      timeout.linked = true;
      timeout.next = first;
      if (first != null) {
        first.previous = timeout;
      }
      first = timeout;
    }

    synchronized void unlink(Timeout timeout) {
      if (!timeout.linked) {
        return;
      }
      timeout.linked = false;
      if (timeout.previous == null) {
        first = timeout.next;
      } else {
        timeout.previous.next = timeout.next;
      }
      if (timeout.next != null) {
        timeout.next.previous = timeout.previous;
      }
      timeout.previous = null;
      timeout.next = null;
    }

    /** Takes what is due out of the list; answers when the first of the rest is. */
    synchronized long take(long now, List<Timeout> due) {
      long earliest = NEVER;
      for (Timeout timeout = first; timeout != null; ) {
        Timeout following = timeout.next;
        if (timeout.at <= now) {
          unlink(timeout);
          due.add(timeout);
        } else {
          earliest = Math.min(earliest, timeout.at);
        }
        timeout = following;
      }
      return earliest;
    }
  }
}
