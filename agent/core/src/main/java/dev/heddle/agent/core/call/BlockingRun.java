package dev.heddle.agent.core.call;

import dev.heddle.policy.call.Action;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.Call;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The steps of one call on the app's thread, from an action to the next. */
final class BlockingRun<R> {

  /** How often a wait looks whether the app has given up: no person notices such a time. */
  private static final long LOOK_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Call call;
  private final BlockingExchange<R> exchange;
  private final Deadlines deadlines;
  private final CallMetrics metrics;
  private final Mirrors mirrors;
  private final Patience patience;
  private @Nullable Watchdog watchdog;
  private @Nullable R response;
  private @Nullable Exception failure;

  BlockingRun(
      Call call,
      BlockingExchange<R> exchange,
      Deadlines deadlines,
      CallMetrics metrics,
      Mirrors mirrors) {
    this.call = call;
    this.exchange = exchange;
    this.deadlines = deadlines;
    this.metrics = metrics;
    this.mirrors = mirrors;
    this.patience = new Patience(exchange.responseTimeoutNanos());
  }

  Action start() {
    long now = System.nanoTime();
    patience.run(now);
    return call.start(now);
  }

  boolean isEnd(Action action) {
    return !(action instanceof Action.Wait || action instanceof Action.Send);
  }

  Action await(Action.Wait wait) throws Exception {
    long left = patience.isBounded() ? patience.left(System.nanoTime()) : Long.MAX_VALUE;
    try {
      sleep(Math.min(left, wait.nanos()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted before the response");
    }
    if (left <= wait.nanos()) {
      throw exchange.responseTimeout();
    }
    return call.waited(System.nanoTime());
  }

  private void sleep(long nanos) throws Exception {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.sleep(Math.min(left, LOOK_UP_NANOS));
      exchange.checkGivenUp();
    }
  }

  /** An attempt is about to be sent. */
  void begin(Attempt attempt) {
    patience.stand(System.nanoTime());
    if (attempt.number() > 1) {
      metrics.retry();
    }
    if (!attempt.mirrors().isEmpty()) {
      attempt.mirrors().forEach(copy -> mirrors.sendBlocking(() -> exchange.mirror(attempt, copy)));
    }
    watchdog = null;
    if (attempt.timeoutNanos() > 0) {
      watchdog().ofAttempt(attempt.timeoutNanos());
    }
  }

  /** One for an attempt whose time is bounded, which most are not. */
  private Watchdog watchdog() {
    if (watchdog == null) {
      watchdog = new Watchdog(deadlines, exchange::abort);
    }
    return watchdog;
  }

  /** Its request is out. */
  void sent() {
    long now = System.nanoTime();
    patience.run(now);
    if (patience.isBounded() && patience.isWorn()) {
      watchdog().ofApp(patience.left(now));
    }
  }

  /** The head of its response is here. */
  Action responded(R head) throws Exception {
    Watchdog.Bite bite = rest();
    if (bite != Watchdog.Bite.NONE) { // the response came as its connection was being cut
      exchange.discard(head);
      return bitten(bite);
    }
    Action action =
        call.responded(exchange.status(head), exchange.grpcStatus(head), System.nanoTime());
    if (action instanceof Action.Deliver) {
      response = head;
    } else {
      exchange.discard(head);
    }
    return action;
  }

  /** It ended without a response. */
  Action failed(Exception e) throws Exception {
    failure = e;
    Watchdog.Bite bite = rest();
    if (bite != Watchdog.Bite.NONE) {
      return bitten(bite);
    }
    if (exchange.isAppTimeout(e)) {
      throw e;
    }
    return call.failed(exchange.outcome(e), System.nanoTime());
  }

  private Action bitten(Watchdog.Bite bite) throws Exception {
    if (bite == Watchdog.Bite.APP) {
      throw exchange.responseTimeout();
    }
    return call.timedOut(System.nanoTime());
  }

  private Watchdog.Bite rest() {
    patience.run(System.nanoTime());
    return watchdog == null ? Watchdog.Bite.NONE : watchdog.rest();
  }

  /** What the app gets; throws what the library threw in the last attempt. */
  R end(Action action) throws Exception {
    if (action instanceof Action.Reply) {
      metrics.localReply(((Action.Reply) action).reply().reason());
      return exchange.reply(((Action.Reply) action).reply());
    }
    if (action instanceof Action.Deliver && response != null) {
      Action.Deliver deliver = (Action.Deliver) action;
      BodyLimit limit =
          deliver.timeoutNanos() > 0 ? new BodyLimit(deadlines, deliver.timeoutNanos()) : null;
      R delivered = exchange.deliver(response, deliver.responseHeaders(), limit);
      call.finished();
      return delivered;
    }
    throw failure == null ? new IllegalStateException("call failed untried") : failure;
  }
}
