package dev.heddle.agent.core.call;

import java.lang.ref.WeakReference;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Closes connections whose idle time is over, in pools that by themselves look only when somebody
 * asks for a connection. A pool is swept as often as its shortest idle time is long, and no more
 * when it is empty: a connection is closed before twice that time is over, and one timer is enough.
 */
public final class IdleSweeps {

  /** Pools count in milliseconds, and what ends just now is not over yet. */
  private static final long LATER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final ScheduledExecutorService timers;
  private final Executor threads;
  private final IdentityTable<Sweep<?>> sweeps = new IdentityTable<>();

  /** threads: where pools are swept, for to close a connection may take its time. */
  IdleSweeps(ScheduledExecutorService timers, Executor threads) {
    this.timers = timers;
    this.threads = threads;
  }

  /**
   * A pool shall keep a connection, which it may still have to get back.
   *
   * @param idleNanos how long it may be idle there
   * @param closeIdle closes what was idle for too long, and says whether any connection is left
   */
  public <T> void keeps(T pool, long idleNanos, Predicate<T> closeIdle) {
    Sweep<?> known = sweeps.get(pool);
    if (known == null || !known.covers(idleNanos)) {
      Sweep<T> sweep = new Sweep<>(pool, idleNanos, closeIdle);
      sweeps.put(pool, sweep);
      sweep.later();
    }
  }

  private final class Sweep<T> {
    private final WeakReference<T> pool;
    private final long periodNanos;
    private final Predicate<T> closeIdle;
    private boolean more = true;
    private boolean over;

    Sweep(T pool, long periodNanos, Predicate<T> closeIdle) {
      this.pool = new WeakReference<>(pool);
      this.periodNanos = periodNanos;
      this.closeIdle = closeIdle;
    }

    synchronized boolean covers(long idleNanos) {
      boolean covered = !over && idleNanos >= periodNanos;
      more |= covered;
      return covered;
    }

    void later() {
      Future<?> unused =
          timers.schedule(this::begin, periodNanos + LATER_NANOS, TimeUnit.NANOSECONDS);
    }

    private void begin() {
      try {
        threads.execute(this::sweep);
      } catch (RejectedExecutionException e) { // busy; there is a next time
        later();
      }
    }

    private void sweep() {
      T swept = pool.get();
      if (swept == null) {
        return;
      }
      begun();
      boolean left = closeIdle.test(swept);
      if (isCurrent(swept) && goesOn(left)) {
        later();
      }
    }

    private boolean isCurrent(T swept) {
      return equals(sweeps.get(swept));
    }

    private synchronized void begun() {
      more = false;
    }

    private synchronized boolean goesOn(boolean left) {
      over = !left && !more;
      return !over;
    }
  }
}
