package dev.heddle.node.outbound;

import dev.heddle.node.protocol.LocalReplies;
import dev.heddle.policy.retry.Outcome;
import io.netty.handler.codec.http.FullHttpResponse;
import java.io.IOException;

/**
 * What a client gets where an app with an agent gets its library's error: Envoy's 503.
 *
 * @param outcome of the last attempt
 * @param cause what went wrong with it
 */
record FailedReply(Outcome outcome, Throwable cause) {

  private static final int SERVICE_UNAVAILABLE = 503;

  /** Of a call that ended without an attempt that failed. */
  static final FailedReply UNKNOWN =
      new FailedReply(Outcome.RESET, new IOException("the call was over"));

  /** The value of the reason header. */
  String reason() {
    return switch (outcome) {
      case CONNECT_FAILED -> "upstream_connect_failure";
      case REFUSED -> "upstream_refused_stream";
      case RESET -> "upstream_reset";
      case TIMED_OUT -> "upstream_request_timeout";
    };
  }

  FullHttpResponse response() {
    String what =
        outcome == Outcome.CONNECT_FAILED
            ? "no connection to the upstream: "
            : "the upstream ended without a response: ";
    return LocalReplies.of(SERVICE_UNAVAILABLE, reason(), what + text(cause));
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
