package dev.heddle.policy.outlier;

import dev.heddle.policy.balance.Host;
import dev.heddle.policy.balance.HostHealth;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passive health of one cluster, as Envoy's outlier detection: failures in a row eject a host, a
 * sweep brings it back. Counting is lock-free; ejections and sweeps, which are rare, take a lock.
 */
public final class OutlierDetector {

  /** Envoy's max_ejection_time: no ejection lasts longer, however often a host fails. */
  static final long MAX_EJECTION_NANOS = 300_000_000_000L;

  private final OutlierDetection settings;
  private final AtomicLong nextSweepNanos;
  private final AtomicLong ejections = new AtomicLong();

  /** A detector whose first sweep is one interval from now. */
  public OutlierDetector(OutlierDetection settings, long nowNanos) {
    this.settings = settings;
    this.nextSweepNanos = new AtomicLong(nowNanos + settings.intervalNanos());
  }

  /** Ejections since the start, for metrics. */
  public long ejections() {
    return ejections.get();
  }

  /** A response came; true if the host was ejected for it and the set of healthy hosts is new. */
  public boolean responded(Host host, Host[] all, int status, long nowNanos) {
    HostHealth health = host.health();
    health.consecutiveLocalFailures().set(0);
    if (status < 500) {
      reset(health.consecutive5xx());
      reset(health.consecutiveGatewayErrors());
      return false;
    }
    boolean gateway = status >= 502 && status <= 504;
    if (!gateway) {
      reset(health.consecutiveGatewayErrors());
    }
    boolean over =
        reached(health.consecutive5xx(), settings.consecutive5xx())
            | (gateway
                && reached(health.consecutiveGatewayErrors(), settings.consecutiveGatewayErrors()));
    return over && eject(host, all, nowNanos);
  }

  /**
   * No response came: refused, reset or timed out. Counted as a gateway error unless such failures
   * are counted apart ({@code splitExternalLocalOriginErrors}).
   */
  public boolean failedLocally(Host host, Host[] all, long nowNanos) {
    HostHealth health = host.health();
    boolean over =
        settings.splitLocalOriginErrors()
            ? reached(health.consecutiveLocalFailures(), settings.consecutiveLocalOriginFailures())
            : reached(health.consecutive5xx(), settings.consecutive5xx())
                | reached(health.consecutiveGatewayErrors(), settings.consecutiveGatewayErrors());
    return over && eject(host, all, nowNanos);
  }

  /** Brings back hosts whose time is over; true if there was one. Cheap when no sweep is due. */
  public boolean sweep(Host[] all, long nowNanos) {
    long due = nextSweepNanos.get();
    if (nowNanos - due < 0
        || !nextSweepNanos.compareAndSet(due, nowNanos + settings.intervalNanos())) {
      return false;
    }
    return sweepNow(all, nowNanos);
  }

  private synchronized boolean sweepNow(Host[] all, long nowNanos) {
    boolean changed = false;
    for (Host host : all) {
      HostHealth health = host.health();
      if (!health.ejected()) {
        health.forgive();
      } else if (nowNanos - health.ejectedAtNanos() >= ejectionNanos(health.timesEjected())) {
        health.restore();
        changed = true;
      }
    }
    return changed;
  }

  private synchronized boolean eject(Host host, Host[] all, long nowNanos) {
    if (host.health().ejected()) {
      return false;
    }
    int ejected = 0;
    for (Host other : all) {
      ejected += other.health().ejected() ? 1 : 0;
    }
    if ((ejected + 1) * 100L > (long) settings.maxEjectionPercent() * all.length) {
      return false;
    }
    host.health().eject(nowNanos);
    ejections.incrementAndGet();
    return true;
  }

  private long ejectionNanos(int times) {
    long longest = Math.max(MAX_EJECTION_NANOS, settings.baseEjectionNanos());
    long base = Math.max(1, settings.baseEjectionNanos());
    return times > longest / base ? longest : base * times;
  }

  private static void reset(AtomicInteger counter) {
    if (counter.get() != 0) {
      counter.set(0);
    }
  }

  private static boolean reached(AtomicInteger counter, int limit) {
    return limit > 0 && counter.incrementAndGet() >= limit;
  }
}
