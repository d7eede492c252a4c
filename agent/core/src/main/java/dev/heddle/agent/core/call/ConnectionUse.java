package dev.heddle.agent.core.call;

import dev.heddle.policy.limit.ConnectionPool;
import java.util.concurrent.atomic.AtomicInteger;

/** What a connection has carried, and how long the cluster that it carried last lets it live. */
public final class ConnectionUse {

  private final AtomicInteger requests = new AtomicInteger();
  private volatile ConnectionPool limits;

  ConnectionUse(ConnectionPool limits) {
    this.limits = limits;
  }

  void another(ConnectionPool of) {
    limits = of;
    requests.incrementAndGet();
  }

  /** Whether it carries no further request. */
  public boolean isSpent() {
    return limits.isSpent(requests.get());
  }

  /** Whether there is a rule about its idle time. */
  public boolean limitsIdle() {
    return limits.idleTimeoutNanos() > 0;
  }

  /** How long it may be idle, nanoseconds; 0 or less, there as here: without end. */
  public long idleNanos(long clientNanos) {
    return limits.idleNanos(clientNanos);
  }
}
