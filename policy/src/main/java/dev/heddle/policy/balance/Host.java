package dev.heddle.policy.balance;

import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint and what this process has seen of it; shared by all threads, without locks. */
public final class Host {

  private final Endpoint endpoint;
  private final long sinceNanos;
  private final AtomicInteger activeRequests;
  private final HostHealth health;

  private Host(
      Endpoint endpoint, long sinceNanos, AtomicInteger activeRequests, HostHealth health) {
    this.endpoint = endpoint;
    this.sinceNanos = sinceNanos;
    this.activeRequests = activeRequests;
    this.health = health;
  }

  /** A host first seen now; nowNanos is the start of its warm-up. */
  public static Host appeared(Endpoint endpoint, long nowNanos) {
    return new Host(endpoint, nowNanos, new AtomicInteger(), new HostHealth());
  }

  /** The same host after its labels, weight or identity changed: what was seen of it stays. */
  public Host changedTo(Endpoint endpoint) {
    return endpoint.equals(this.endpoint)
        ? this
        : new Host(endpoint, sinceNanos, activeRequests, health);
  }

  /** The endpoint. */
  public Endpoint endpoint() {
    return endpoint;
  }

  /** When it was first seen. */
  public long sinceNanos() {
    return sinceNanos;
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
