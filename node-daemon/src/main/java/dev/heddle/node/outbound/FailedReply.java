package dev.heddle.node.outbound;

import dev.heddle.node.protocol.LocalReplies;
import dev.heddle.policy.retry.Outcome;
import io.netty.handler.codec.http.FullHttpResponse;

/** What a client gets where an app with an agent gets its library's error: Envoy's 503. */
final class FailedReply {

  private static final int SERVICE_UNAVAILABLE = 503;

  private FailedReply() {}

  /** The value of the reason header. */
  static String reason(Outcome outcome) {
    return switch (outcome) {
      case CONNECT_FAILED -> "upstream_connect_failure";
      case REFUSED -> "upstream_refused_stream";
      case RESET -> "upstream_reset";
      case TIMED_OUT -> "upstream_request_timeout";
    };
  }

  static FullHttpResponse of(Outcome outcome, Throwable cause) {
    String what =
        outcome == Outcome.CONNECT_FAILED
            ? "no connection to the upstream: "
            : "the upstream ended without a response: ";
    return LocalReplies.of(SERVICE_UNAVAILABLE, reason(outcome), what + text(cause));
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
