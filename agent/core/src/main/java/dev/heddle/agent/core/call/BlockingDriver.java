package dev.heddle.agent.core.call;

import dev.heddle.policy.call.Action;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.Call;
import dev.heddle.policy.retry.Outcome;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Does what a call says, on the thread of the app that makes it. */
public final class BlockingDriver {

  private final ScheduledExecutorService timers;
  private final CallMetrics metrics;

  BlockingDriver(ScheduledExecutorService timers, CallMetrics metrics) {
    this.timers = timers;
    this.metrics = metrics;
  }

  /** The response for the app; throws what the library threw in the last attempt. */
  public <R> R run(Call call, BlockingExchange<R> exchange) throws Exception {
    boolean over = false;
    try {
      Action action = call.start(System.nanoTime());
      Exception failure = null;
      R response = null;
      while (true) {
        if (action instanceof Action.Wait) {
          TimeUnit.NANOSECONDS.sleep(((Action.Wait) action).nanos());
          action = call.waited(System.nanoTime());
        } else if (action instanceof Action.Send) {
          Attempt attempt = ((Action.Send) action).attempt();
          if (attempt.number() > 1) {
            metrics.retry();
          }
          Watchdog watchdog = new Watchdog(attempt, exchange);
          try {
            response = exchange.send(attempt);
            watchdog.stop();
            action =
                call.responded(
                    exchange.status(response), exchange.grpcStatus(response), System.nanoTime());
          } catch (Exception e) {
            failure = e;
            watchdog.stop();
            action = failed(call, exchange, watchdog, e);
          }
          if (response != null && !(action instanceof Action.Deliver)) {
            exchange.discard(response);
            response = null;
          }
        } else if (action instanceof Action.Deliver && response != null) {
          R delivered = exchange.deliver(response, ((Action.Deliver) action).responseHeaders());
          call.finished();
          over = true;
          return delivered;
        } else if (action instanceof Action.Reply) {
          over = true;
          metrics.localReply(((Action.Reply) action).reply().reason());
          return exchange.reply(((Action.Reply) action).reply());
        } else {
          over = true;
          throw failure == null ? new IllegalStateException("call failed untried") : failure;
        }
      }
    } finally {
      if (!over) {
        call.cancelled();
      }
    }
  }

  private static Action failed(
      Call call, BlockingExchange<?> exchange, Watchdog watchdog, Exception failure) {
    long now = System.nanoTime();
    Outcome outcome = watchdog.fired() ? Outcome.TIMED_OUT : exchange.outcome(failure);
    return outcome == Outcome.TIMED_OUT && watchdog.fired()
        ? call.timedOut(now)
        : call.failed(outcome, now);
  }

  /** Ends an attempt whose time is over. */
  private final class Watchdog {
    private final AtomicBoolean fired = new AtomicBoolean();
    private final @Nullable Future<?> timer;

    Watchdog(Attempt attempt, BlockingExchange<?> exchange) {
      timer =
          attempt.timeoutNanos() == 0
              ? null
              : timers.schedule(
                  () -> {
                    fired.set(true);
                    exchange.abort();
                  },
                  attempt.timeoutNanos(),
                  TimeUnit.NANOSECONDS);
    }

    void stop() {
      if (timer != null) {
        timer.cancel(false);
      }
    }

    boolean fired() {
      return fired.get();
    }
  }
}
