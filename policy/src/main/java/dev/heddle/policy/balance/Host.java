package dev.heddle.policy.balance;

import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint and what this process has seen of it; shared by all threads, without locks. */
public final class Host {

  private final Endpoint endpoint;
  private final int weight;
  private final boolean appeared;
  private final long sinceNanos;
  private final AtomicInteger activeRequests;
  private final HostHealth health;

  private Host(
      Endpoint endpoint,
      boolean appeared,
      long sinceNanos,
      AtomicInteger activeRequests,
      HostHealth health) {
    this.endpoint = endpoint;
    this.weight = Math.max(1, endpoint.weight());
    this.appeared = appeared;
    this.sinceNanos = sinceNanos;
    this.activeRequests = activeRequests;
    this.health = health;
  }

  /** A host first seen now, which is the start of its warm-up. */
  public static Host appeared(Endpoint endpoint, long nowNanos) {
    return new Host(endpoint, true, nowNanos, new AtomicInteger(), new HostHealth());
  }

  /** A host that was there before this process looked: it does not warm up. */
  public static Host known(Endpoint endpoint) {
    return new Host(endpoint, false, 0, new AtomicInteger(), new HostHealth());
  }

  /** The same host after its labels, weight or identity changed: what was seen of it stays. */
  public Host changedTo(Endpoint endpoint) {
    return endpoint.equals(this.endpoint)
        ? this
        : new Host(endpoint, appeared, sinceNanos, activeRequests, health);
  }

  /** The endpoint. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** Its relative weight, at least 1 whatever its source says. */
  public int weight() {
    return weight;
  }

  /** How long it has been there, Long.MAX_VALUE if it always was. */
  long ageNanos(long nowNanos) {
    return appeared ? nowNanos - sinceNanos : Long.MAX_VALUE;
  }

  /** Calls under way. */
  public int activeRequests() {
    return activeRequests.get();
  }

  /** A call begins. */
  public void begin() {
    activeRequests.incrementAndGet();
  }

  /** A call that began has ended, in whatever way. */
  public void end() {
    activeRequests.decrementAndGet();
  }

  /** Failures in a row and ejections. */
  public HostHealth health() {
    return health;
  }
}
