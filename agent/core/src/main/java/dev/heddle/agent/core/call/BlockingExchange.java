package dev.heddle.agent.core.call;

import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.call.LocalReply;
import dev.heddle.policy.retry.Outcome;
import dev.heddle.policy.route.HeaderChange;
import java.util.List;

/**
 * One call as a blocking library makes it.
 *
 * @param <R> the library's response
 */
public interface BlockingExchange<R> {

  /** Sends and returns when the head of the response is here; throws what the library throws. */
  R send(Attempt attempt) throws Exception;

  /** Ends the attempt under way from another thread, so that send throws soon. */
  void abort();

  /** How an attempt ended that threw. */
  Outcome outcome(Exception failure);

  /** HTTP status. */
  int status(R response);

  /** grpc-status header, -1 if there is none. */
  int grpcStatus(R response);

  /** A response that the app will not see. */
  void discard(R response);

  /** The response as the app shall see it. */
  R deliver(R response, List<HeaderChange> changes);

  /** A response of the mesh itself. */
  R reply(LocalReply reply);
}
