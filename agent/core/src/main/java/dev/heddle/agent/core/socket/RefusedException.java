package dev.heddle.agent.core.socket;

import java.io.IOException;

/** An accepted connection is refused, for a reason that is told apart from others. */
final class RefusedException extends IOException {

  private static final long serialVersionUID = 1;

  private final Refusals.Reason reason;

  RefusedException(Refusals.Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Of any failure. */
  static Refusals.Reason reason(Exception failure) {
    return failure instanceof RefusedException
        ? ((RefusedException) failure).reason
        : Refusals.Reason.HANDSHAKE;
  }
}
