package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.StreamedCall;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * A call whose body the app is writing, where its connection keeps it: in the field of the stream
 * to the server, so that it lives as long as the connection and no longer.
 */
final class StreamedBody extends PrintStream {

  private final OutputStream body;
  private final StreamedCall<Received> call;

  StreamedBody(OutputStream body, StreamedCall<Received> call) {
    super(body);
    this.body = body;
    this.call = call;
  }

  /** What the app writes to. */
  OutputStream body() {
    return body;
  }

  StreamedCall<Received> call() {
    return call;
  }
}
