package dev.heddle.node.capture;

/** A pod is not taken; the message is one line for whoever reads init's log. */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1;

  RefusedException(String message) {
    super(message);
  }

  RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
