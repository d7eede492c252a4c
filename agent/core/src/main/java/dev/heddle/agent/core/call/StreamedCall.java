package dev.heddle.agent.core.call;

import dev.heddle.policy.call.Action;
import dev.heddle.policy.call.Call;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A call in two steps, between which the app writes the request's body; on the app's thread.
 *
 * @param <R> the library's response
 */
public final class StreamedCall<R> {

  private final Call call;
  private final StreamedExchange<R> exchange;
  private final BlockingRun<R> run;
  private @Nullable Action end;

  StreamedCall(Call call, StreamedExchange<R> exchange, BlockingRun<R> run) {
    this.call = call;
    this.exchange = exchange;
    this.run = run;
  }

  /**
   * What takes the body, or null: the mesh has answered already, and nothing of the body is sent.
   * Throws what the library threw in the last attempt to connect.
   */
  public @Nullable OutputStream open() throws Exception {
    boolean opened = false;
    try {
      Action action = run.start();
      while (!run.isEnd(action)) {
        if (action instanceof Action.Wait) {
          action = run.await((Action.Wait) action);
          continue;
        }
        run.begin(((Action.Send) action).attempt());
        try {
          OutputStream body = exchange.open(((Action.Send) action).attempt());
          opened = true;
          return body;
        } catch (Exception e) { // whatever a library throws ends the attempt; the call decides
          action = run.failed(e);
        }
      }
      if (action instanceof Action.Reply) {
        end = action;
        return null;
      }
      run.end(action); // throws
      return null;
    } finally {
      if (!opened) {
        call.cancelled();
      }
    }
  }

  /** The body is written: the response for the app; throws what the library threw. */
  public R respond() throws Exception {
    try {
      return run.end(end == null ? head() : end);
    } finally {
      call.cancelled(); // nothing is left of it, whatever came
    }
  }

  private Action head() throws Exception {
    run.sent();
    R response;
    try {
      response = exchange.respond();
    } catch (Exception e) { // as above
      return run.failed(e);
    }
    return run.responded(response);
  }

  /** The app gives up. */
  public void cancel() {
    exchange.abort();
    call.cancelled();
  }
}
