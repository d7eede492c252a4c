package dev.heddle.agent.core.call;

import dev.heddle.policy.call.Call;

/** Does what calls say by callbacks; never blocks, waits are timers. */
public final class AsyncDriver {

  private final Deadlines deadlines;
  private final CallMetrics metrics;
  private final Mirrors mirrors;

  AsyncDriver(Deadlines deadlines, CallMetrics metrics, Mirrors mirrors) {
    this.deadlines = deadlines;
    this.metrics = metrics;
    this.mirrors = mirrors;
  }

  /** A call that is yet to begin. */
  public <R> AsyncCall prepare(Call call, AsyncExchange<R> exchange, AsyncAnswer<R> answer) {
    return new AsyncRun<>(call, exchange, answer, deadlines, metrics, mirrors);
  }
}
