package dev.heddle.agent.core.call;

import dev.heddle.policy.call.Call;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;

/** Does what calls say by callbacks; never blocks, waits are timers. */
public final class AsyncDriver {

  private final ScheduledExecutorService timers;
  private final CallMetrics metrics;
  private final Mirrors mirrors;

  AsyncDriver(ScheduledExecutorService timers, CallMetrics metrics, Mirrors mirrors) {
    this.timers = timers;
    this.metrics = metrics;
    this.mirrors = mirrors;
  }

  /**
   * Begins a call; the future is the app's: cancelling it cancels the call. What an exchange throws
   * before it sent anything is thrown here.
   */
  public <R> CompletableFuture<R> run(Call call, AsyncExchange<R> exchange) {
    AsyncRun<R> run = new AsyncRun<>(call, exchange, timers, metrics, mirrors);
    return run.begin();
  }
}
