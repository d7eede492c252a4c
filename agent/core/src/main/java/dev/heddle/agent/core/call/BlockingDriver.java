package dev.heddle.agent.core.call;

import dev.heddle.policy.call.Action;
import dev.heddle.policy.call.Call;

/** Does what calls say, on the threads of the app that make them. */
public final class BlockingDriver {

  private final Deadlines deadlines;
  private final CallMetrics metrics;
  private final Mirrors mirrors;

  BlockingDriver(Deadlines deadlines, CallMetrics metrics, Mirrors mirrors) {
    this.deadlines = deadlines;
    this.metrics = metrics;
    this.mirrors = mirrors;
  }

  /** The response for the app; throws what the library threw in the last attempt. */
  public <R> R run(Call call, BlockingExchange<R> exchange) throws Exception {
    BlockingRun<R> run = new BlockingRun<>(call, exchange, deadlines, metrics, mirrors);
    boolean over = false;
    try {
      Action action = run.start();
      while (!run.isEnd(action)) {
        action =
            action instanceof Action.Send
                ? attempt(run, (Action.Send) action, exchange)
                : run.await((Action.Wait) action);
      }
      R response = run.end(action);
      over = true;
      return response;
    } finally {
      if (!over) {
        call.cancelled();
      }
    }
  }

  private static <R> Action attempt(
      BlockingRun<R> run, Action.Send send, BlockingExchange<R> exchange) throws Exception {
    run.begin(send.attempt());
    R response;
    try {
      response = exchange.send(send.attempt(), run::sent);
    } catch (Exception e) { // whatever a library throws ends the attempt; the call decides
      return run.failed(e);
    }
    return run.responded(response);
  }

  /** A call whose body the app itself writes to the connection. */
  public <R> StreamedCall<R> stream(Call call, StreamedExchange<R> exchange) {
    return new StreamedCall<>(
        call, exchange, new BlockingRun<>(call, exchange, deadlines, metrics, mirrors));
  }
}
