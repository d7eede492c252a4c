package dev.heddle.agent.core.call;

import dev.heddle.policy.call.Attempt;
import java.io.OutputStream;

/**
 * One call of a blocking library whose request body the app itself writes while it is sent. It is
 * sent once; another endpoint is tried only while none takes the connection.
 *
 * @param <R> the library's response
 */
public interface StreamedExchange<R> extends BlockingExchange<R> {

  /** Connects, and sends the head of the request; what the app writes goes to the stream. */
  OutputStream open(Attempt attempt) throws Exception;

  /** Returns when the head of the response is here; the body was written. */
  R respond() throws Exception;
}
