package dev.heddle.agent.core.call;

import dev.heddle.policy.call.Action;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.Call;
import dev.heddle.policy.route.HeaderChange;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call under way. Its monitor keeps events one at a time; what an event leads to, and above all
 * the app's own code, runs behind the monitor.
 */
final class AsyncRun<R> implements AsyncCall {

  /** An attempt number that no attempt has. */
  private static final int NONE = 0;

  private final Call call;
  private final AsyncExchange<R> exchange;
  private final AsyncAnswer<R> answer;
  private final Deadlines deadlines;
  private final CallMetrics metrics;
  private final Mirrors mirrors;
  private final Patience patience;
  private int current = NONE;
  private boolean beginning = true;
  private boolean delivering;
  private boolean over;
  private @Nullable CompletableFuture<R> sending;
  private Deadlines.@Nullable Timeout attemptTimer;
  private Deadlines.@Nullable Timeout patienceTimer;

  AsyncRun(
      Call call,
      AsyncExchange<R> exchange,
      AsyncAnswer<R> answer,
      Deadlines deadlines,
      CallMetrics metrics,
      Mirrors mirrors) {
    this.call = call;
    this.exchange = exchange;
    this.answer = answer;
    this.deadlines = deadlines;
    this.metrics = metrics;
    this.mirrors = mirrors;
    this.patience = new Patience(exchange.responseTimeoutNanos());
  }

  @Override
  public void begin() {
    try {
      Runnable then;
      synchronized (this) {
        runPatience();
        then = act(call.start(System.nanoTime()), null);
      }
      then.run();
    } catch (RuntimeException | Error e) { // nothing was sent: the call goes on without the agent
      event(this::giveUp);
      throw e;
    }
    beginning = false;
  }

  /** Where an event fails the call ends with that: nobody else would end it. */
  private void event(Supplier<Runnable> event) {
    try {
      Runnable then;
      synchronized (this) {
        then = event.get();
      }
      then.run();
    } catch (RuntimeException | Error e) {
      metrics.agentFailed();
      end(e);
    }
  }

  private void end(@Nullable Throwable failure) {
    Runnable then;
    synchronized (this) {
      then = complete(null, failure);
    }
    then.run();
  }

  /** An event of the clock: goes over to a thread where the app's code may run. */
  private Deadlines.Timeout in(long nanos, Supplier<Runnable> event) {
    return deadlines.in(nanos, () -> exchange.executor().execute(() -> event(event)));
  }

  private Runnable act(Action action, @Nullable Throwable failure) {
    if (action instanceof Action.Wait) {
      Deadlines.Timeout unused = in(((Action.Wait) action).nanos(), this::waited);
      return AsyncRun::nothing;
    }
    if (action instanceof Action.Send) {
      Attempt attempt = ((Action.Send) action).attempt();
      current = attempt.number();
      CompletableFuture<R> previous = sending;
      return () -> send(attempt, previous);
    }
    standPatience();
    if (action instanceof Action.Reply) {
      metrics.localReply(((Action.Reply) action).reply().reason());
      return () -> {
        CompletableFuture<R> unused =
            exchange
                .reply(((Action.Reply) action).reply())
                .whenComplete((value, trouble) -> event(() -> complete(value, trouble)));
      };
    }
    return complete(null, failure == null ? new CancellationException() : failure);
  }

  private Runnable waited() {
    return over ? AsyncRun::nothing : act(call.waited(System.nanoTime()), null);
  }

  private void send(Attempt attempt, @Nullable CompletableFuture<R> previous) {
    int number = attempt.number();
    if (previous != null) {
      previous.cancel(true); // what was not read of a dropped response by now is cut
    }
    if (number > 1) {
      metrics.retry();
    }
    if (!attempt.mirrors().isEmpty()) {
      attempt.mirrors().forEach(copy -> mirrors.send(() -> exchange.mirror(attempt, copy)));
    }
    CompletableFuture<R> response = response(attempt, number);
    boolean wanted;
    synchronized (this) {
      wanted = number == current;
      if (wanted) {
        sending = response;
        if (attempt.timeoutNanos() > 0 && !delivering) {
          attemptTimer = in(attempt.timeoutNanos(), () -> timedOut(number));
        }
      }
    }
    if (!wanted) {
      response.cancel(true);
    }
    CompletableFuture<R> unused =
        response.whenComplete((value, failure) -> event(() -> ended(number, value, failure)));
  }

  private CompletableFuture<R> response(Attempt attempt, int number) {
    try {
      return exchange.send(attempt, new Listener(number));
    } catch (RuntimeException | Error e) {
      if (beginning) {
        throw e;
      }
      CompletableFuture<R> failed = new CompletableFuture<>();
      failed.completeExceptionally(e);
      return failed;
    }
  }

  private final class Listener implements AttemptListener {
    private final int number;

    Listener(int number) {
      this.number = number;
    }

    @Override
    public void sent() {
      synchronized (AsyncRun.this) {
        if (number == current && !delivering) {
          runPatience();
        }
      }
    }

    @Override
    public @Nullable List<HeaderChange> head(int status, int grpcStatus) {
      synchronized (AsyncRun.this) {
        return number == current ? judged(status, grpcStatus) : null;
      }
    }
  }

  private @Nullable List<HeaderChange> judged(int status, int grpcStatus) {
    stop(attemptTimer);
    standPatience();
    Action action = call.responded(status, grpcStatus, System.nanoTime());
    if (action instanceof Action.Deliver) {
      Action.Deliver deliver = (Action.Deliver) action;
      delivering = true;
      if (deliver.timeoutNanos() > 0) {
        attemptTimer = in(deliver.timeoutNanos(), this::bodyTimedOut);
      }
      return deliver.responseHeaders();
    }
    current = NONE; // what this attempt still says is no longer of interest
    runPatience();
    act(action, null).run(); // a retry, which begins with a wait: nothing of the app's runs here
    return null;
  }

  private Runnable timedOut(int number) {
    if (number != current || delivering) {
      return AsyncRun::nothing;
    }
    CompletableFuture<R> late = sending;
    current = NONE;
    runPatience();
    Runnable then = act(call.timedOut(System.nanoTime()), null);
    return () -> {
      cancel(late);
      then.run();
    };
  }

  /** The head was the app's already; what is missing of the body is lost. */
  private Runnable bodyTimedOut() {
    CompletableFuture<R> late = sending;
    Runnable then = complete(null, new IOException("upstream request timeout"));
    return () -> {
      then.run();
      cancel(late);
    };
  }

  private Runnable ended(int number, R value, @Nullable Throwable failure) {
    if (number != current) {
      return AsyncRun::nothing;
    }
    stop(attemptTimer);
    if (failure == null || delivering) {
      return complete(failure == null ? exchange.forApp(value) : null, failure);
    }
    current = NONE;
    Throwable cause = unwrap(failure);
    if (exchange.isAppTimeout(cause)) {
      return complete(null, cause);
    }
    runPatience();
    return act(call.failed(exchange.outcome(cause), System.nanoTime()), cause);
  }

  private Runnable complete(@Nullable R response, @Nullable Throwable failure) {
    if (over) {
      return AsyncRun::nothing;
    }
    giveUp();
    Throwable cause = failure == null ? null : unwrap(failure);
    return () -> answer.over(response, cause);
  }

  /** The call is over, however it ended: nothing that comes now is heard. */
  private Runnable giveUp() {
    over = true;
    current = NONE;
    stop(attemptTimer);
    standPatience();
    if (delivering) {
      call.finished();
    } else {
      call.cancelled();
    }
    return AsyncRun::nothing;
  }

  @Override
  public void cancel() {
    CompletableFuture<R> open;
    synchronized (this) {
      open = over ? null : sending;
    }
    end(new CancellationException());
    cancel(open);
  }

  private void runPatience() {
    if (patience.isBounded() && patienceTimer == null) {
      long now = System.nanoTime();
      patience.run(now);
      patienceTimer = in(patience.left(now), this::patienceIsOver);
    }
  }

  private void standPatience() {
    if (patienceTimer != null) {
      patience.stand(System.nanoTime());
      stop(patienceTimer);
      patienceTimer = null;
    }
  }

  private Runnable patienceIsOver() {
    boolean old = patienceTimer == null || patience.left(System.nanoTime()) > 0;
    return delivering || old ? AsyncRun::nothing : complete(null, exchange.responseTimeout());
  }

  /** What an event leads to that comes too late. */
  private static void nothing() {}

  private static void stop(Deadlines.@Nullable Timeout timer) {
    if (timer != null) {
      timer.cancel();
    }
  }

  private static void cancel(@Nullable CompletableFuture<?> open) {
    if (open != null) {
      open.cancel(true);
    }
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
