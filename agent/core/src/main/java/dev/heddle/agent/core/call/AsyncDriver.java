package dev.heddle.agent.core.call;

import dev.heddle.policy.call.Action;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.Call;
import dev.heddle.policy.retry.Outcome;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does what calls say by callbacks; never blocks, waits are timers. */
public final class AsyncDriver {

  private final ScheduledExecutorService timers;
  private final CallMetrics metrics;

  AsyncDriver(ScheduledExecutorService timers, CallMetrics metrics) {
    this.timers = timers;
    this.metrics = metrics;
  }

  /** Begins a call; the future is the app's: cancelling it cancels the call. */
  public <R> CompletableFuture<R> run(Call call, AsyncExchange<R> exchange) {
    Run<R> run = new Run<>(call, exchange);
    CompletableFuture<R> unused =
        run.app.whenComplete((response, failure) -> run.appIsDone(failure));
    run.begin();
    return run.app;
  }

  /** One call under way; its monitor keeps events one at a time. */
  private final class Run<R> {
    private final Call call;
    private final AsyncExchange<R> exchange;
    private final CompletableFuture<R> app = new CompletableFuture<>();
    private int current;
    private @Nullable CompletableFuture<R> sending;
    private Action.@Nullable Deliver delivering;

    Run(Call call, AsyncExchange<R> exchange) {
      this.call = call;
      this.exchange = exchange;
    }

    synchronized void begin() {
      act(call.start(System.nanoTime()), null);
    }

    private synchronized void waited() {
      act(call.waited(System.nanoTime()), null);
    }

    private void act(Action action, @Nullable Throwable failure) {
      if (action instanceof Action.Wait) {
        long nanos = ((Action.Wait) action).nanos();
        Future<?> unused = timers.schedule(this::waited, nanos, TimeUnit.NANOSECONDS);
      } else if (action instanceof Action.Send) {
        send(((Action.Send) action).attempt());
      } else if (action instanceof Action.Reply) {
        metrics.localReply(((Action.Reply) action).reply().reason());
        CompletableFuture<R> unused =
            exchange.reply(((Action.Reply) action).reply()).whenComplete(this::complete);
      } else {
        complete(null, failure == null ? new CancellationException() : failure);
      }
    }

    private void send(Attempt attempt) {
      int number = attempt.number();
      current = number;
      if (number > 1) {
        metrics.retry();
      }
      CompletableFuture<R> response =
          exchange.send(attempt, (status, grpc) -> headCame(number, status, grpc));
      sending = response;
      Future<?> timer =
          attempt.timeoutNanos() == 0
              ? null
              : timers.schedule(
                  () -> timedOut(number), attempt.timeoutNanos(), TimeUnit.NANOSECONDS);
      CompletableFuture<R> unused =
          response.whenComplete(
              (value, failure) -> {
                if (timer != null) {
                  timer.cancel(false);
                }
                ended(number, value, failure);
              });
    }

    private synchronized boolean headCame(int number, int status, int grpcStatus) {
      if (number != current) {
        return false;
      }
      Action action = call.responded(status, grpcStatus, System.nanoTime());
      if (action instanceof Action.Deliver) {
        delivering = (Action.Deliver) action;
        return true;
      }
      current = 0; // what this attempt still says is no longer of interest
      act(action, null);
      return false;
    }

    private void timedOut(int number) {
      CompletableFuture<R> late;
      synchronized (this) {
        if (number != current) {
          return;
        }
        late = sending;
        current = 0;
        if (delivering == null) {
          act(call.timedOut(System.nanoTime()), null);
        } else {
          // The head was the app's already; what is missing of the body is lost.
          app.completeExceptionally(new java.io.IOException("upstream request timeout"));
        }
      }
      if (late != null) {
        late.cancel(true);
      }
    }

    private synchronized void ended(int number, R value, @Nullable Throwable failure) {
      if (number != current) {
        return;
      }
      if (failure == null && delivering != null) {
        complete(exchange.deliver(value, delivering.responseHeaders()), null);
      } else if (delivering != null) {
        complete(null, failure);
      } else {
        Throwable cause = unwrap(failure);
        Outcome outcome = exchange.outcome(cause);
        act(call.failed(outcome, System.nanoTime()), cause);
      }
    }

    private void complete(@Nullable R response, @Nullable Throwable failure) {
      if (delivering != null) {
        delivering = null;
        call.finished();
      }
      if (failure == null) {
        app.complete(response);
      } else {
        app.completeExceptionally(unwrap(failure));
      }
    }

    /** The app cancelled, or all is over. */
    private void appIsDone(@Nullable Throwable failure) {
      if (!app.isCancelled() && failure == null) {
        return;
      }
      CompletableFuture<R> open;
      synchronized (this) {
        current = 0;
        open = sending;
        call.cancelled();
      }
      if (open != null) {
        open.cancel(true);
      }
    }
  }

  private static Throwable unwrap(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause == null ? new CancellationException() : cause;
  }
}
