package dev.heddle.agent.core.call;

import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.call.MirrorCopy;
import dev.heddle.policy.retry.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One call as a library makes it that answers by callback.
 *
 * @param <R> the library's response
 */
public interface AsyncExchange<R> {

  /**
   * Sends; the future completes with the response, or with what the library reports. Cancelling it
   * ends the attempt.
   */
  CompletableFuture<R> send(Attempt attempt, AttemptListener listener);

  /** A response of {@link #send} as the app shall see it. */
  default R forApp(R response) {
    return response;
  }

  /** How an attempt ended that failed. */
  Outcome outcome(Throwable failure);

  /** Whether a failure is a timeout that the app itself has set; it ends the call. */
  boolean isAppTimeout(Throwable failure);

  /** How long the app itself waits for the head of a response, nanoseconds, 0 for no limit. */
  long responseTimeoutNanos();

  /** What the app sees when that time is over. */
  Throwable responseTimeout();

  /** A response of the mesh itself. */
  CompletableFuture<R> reply(LocalReply reply);

  /** Sends a copy of an attempt; the future completes when its answer was dropped. */
  CompletableFuture<?> mirror(Attempt attempt, MirrorCopy copy);

  /**
   * Where the app's code may run that hears of the call: never on a thread of the agent, which all
   * calls share. It refuses nothing.
   */
  Executor executor();
}
