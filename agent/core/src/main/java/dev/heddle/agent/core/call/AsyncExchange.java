package dev.heddle.agent.core.call;

import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.route.HeaderChange;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One call as a library makes it that answers by callback.
 *
 * @param <R> the library's response
 */
public interface AsyncExchange<R> {

  /**
   * Sends; the future completes with the response, or with what the library reports. Cancelling it
   * ends the attempt. The library asks {@code verdict} when the head of the response is here.
   */
  CompletableFuture<R> send(Attempt attempt, HeadVerdict verdict);

  /** How an attempt ended that failed. */
  Outcome outcome(Throwable failure);

  /** The response as the app shall see it. */
  R deliver(R response, List<HeaderChange> changes);

  /** A response of the mesh itself. */
  CompletableFuture<R> reply(LocalReply reply);

  /** Asked once per attempt at the head of its response: is it for the app? */
  interface HeadVerdict {

    /** True: read its body for the app. False: drop it, another attempt follows. */
    boolean isForApp(int status, int grpcStatus);
  }
}
