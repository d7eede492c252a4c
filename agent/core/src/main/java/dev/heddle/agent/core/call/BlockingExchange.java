package dev.heddle.agent.core.call;

import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.call.MirrorCopy;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.route.HeaderChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call as a blocking library makes it.
 *
 * @param <R> the library's response
 */
public interface BlockingExchange<R> {

  /**
   * Sends and returns when the head of the response is here; throws what the library throws.
   *
   * @param sent told when the request is out; the app's own response timeout runs from there
   */
  R send(Attempt attempt, Runnable sent) throws Exception;

  /** Ends the attempt under way from another thread, so that send throws soon. */
  void abort();

  /** Throws what the library throws where the app has given the call up, between two attempts. */
  default void checkGivenUp() throws Exception {}

  /** How an attempt ended that threw. */
  Outcome outcome(Exception failure);

  /** Whether a failure is a timeout that the app itself has set; it ends the call. */
  boolean isAppTimeout(Exception failure);

  /** How long the app itself waits for the head of a response, nanoseconds, 0 for no limit. */
  long responseTimeoutNanos();

  /** What the app sees when that time is over. */
  Exception responseTimeout();

  /** HTTP status. */
  int status(R response);

  /** grpc-status header, -1 if there is none. */
  int grpcStatus(R response);

  /** A response that the app will not see. */
  void discard(R response);

  /**
   * The response as the app shall see it.
   *
   * @param limit the time left for its body, null for no limit
   */
  R deliver(R response, List<HeaderChange> changes, @Nullable BodyLimit limit) throws Exception;

  /** A response of the mesh itself; throws where its place is before any response. */
  R reply(LocalReply reply) throws Exception;

  /** Sends a copy of an attempt and drops its answer; on a thread of the agent. */
  void mirror(Attempt attempt, MirrorCopy copy) throws Exception;
}
