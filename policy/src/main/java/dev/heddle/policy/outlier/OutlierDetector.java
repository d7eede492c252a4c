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

  /** Sweeps are no closer than this, whatever is configured: Istio's smallest interval. */
  private static final long MIN_INTERVAL_NANOS = 1_000_000L;

  private final OutlierDetection settings;
  private final long intervalNanos;
  private final long maxEjectionNanos;
  private final AtomicLong nextSweepNanos;
  private final AtomicLong version = new AtomicLong();
  private final AtomicLong ejections = new AtomicLong();

  /** A detector whose first sweep is one interval from now. */
  public OutlierDetector(OutlierDetection settings, long nowNanos) {
    this.settings = settings;
    this.intervalNanos = Math.max(MIN_INTERVAL_NANOS, settings.intervalNanos());
    this.maxEjectionNanos = Math.max(MAX_EJECTION_NANOS, settings.baseEjectionNanos());
    this.nextSweepNanos = new AtomicLong(nowNanos + intervalNanos);
  }

  /** Ejections since the start, for metrics. */
  public long ejections() {
    return ejections.get();
  }

  /** Grows with every host ejected or brought back. */
  public long version() {
    return version.get();
  }

  /** A response came; too many failures in a row eject the host. */
  public void responded(Host host, Host[] all, int status, long nowNanos) {
    HostHealth health = host.health();
    reset(health.consecutiveLocalFailures());
    if (status < 500) {
      reset(health.consecutive5xx());
      reset(health.consecutiveGatewayErrors());
      return;
    }
    if (status >= 502 && status <= 504) {
      count(
          health.consecutiveGatewayErrors(),
          settings.consecutiveGatewayErrors(),
          host,
          all,
          nowNanos);
    } else {
      reset(health.consecutiveGatewayErrors());
    }
    count(health.consecutive5xx(), settings.consecutive5xx(), host, all, nowNanos);
  }

  /**
   * No response came: refused, reset or timed out. Counted as a gateway error unless such failures
   * are counted apart ({@code splitExternalLocalOriginErrors}).
   */
  public void failedLocally(Host host, Host[] all, long nowNanos) {
    if (settings.splitLocalOriginErrors()) {
      count(
          host.health().consecutiveLocalFailures(),
          settings.consecutiveLocalOriginFailures(),
          host,
          all,
          nowNanos);
    } else {
      responded(host, all, 503, nowNanos);
    }
  }

  /** Brings back hosts whose time is over. Cheap when no sweep is due. */
  public void sweep(Host[] all, long nowNanos) {
    long due = nextSweepNanos.get();
    if (nowNanos - due >= 0 && nextSweepNanos.compareAndSet(due, nowNanos + intervalNanos)) {
      sweepNow(all, nowNanos);
    }
  }

  private synchronized void sweepNow(Host[] all, long nowNanos) {
    for (Host host : all) {
      HostHealth health = host.health();
      if (!health.ejected()) {
        health.forgive();
      } else if (nowNanos - health.ejectedAtNanos() >= ejectionNanos(health.timesEjected())) {
        health.restore();
        version.incrementAndGet();
      }
    }
  }

  /** As in Envoy the counter starts anew at its limit, whether or not the host may be ejected. */
  private void count(AtomicInteger counter, int limit, Host host, Host[] all, long nowNanos) {
    if (limit > 0 && counter.incrementAndGet() >= limit) {
      eject(host, all, nowNanos);
      counter.set(0);
    }
  }

  private synchronized void eject(Host host, Host[] all, long nowNanos) {
    HostHealth health = host.health();
    if (health.ejected()) {
      return;
    }
    int ejected = 0;
    for (Host other : all) {
      ejected += other.health().ejected() ? 1 : 0;
    }
    // Envoy without always_eject_one_host, which Istio does not set: of few hosts none may go.
    if ((ejected + 1) * 100L <= (long) settings.maxEjectionPercent() * all.length) {
      boolean longest = ejectionNanos(health.timesEjected()) >= maxEjectionNanos;
      health.eject(nowNanos, longest);
      ejections.incrementAndGet();
      version.incrementAndGet();
    }
  }

  private long ejectionNanos(int times) {
    long base = Math.max(1, settings.baseEjectionNanos());
    return times > maxEjectionNanos / base ? maxEjectionNanos : base * times;
  }

  private static void reset(AtomicInteger counter) {
    if (counter.get() != 0) {
      counter.set(0);
    }
  }
}
