package dev.heddle.init.handover;

/** The daemon does not take the pod; the message says what it did and what to look at. */
public final class HandoverException extends Exception {

  public HandoverException(String message) {
    super(message);
  }

  public HandoverException(String message, Throwable cause) {
    super(message, cause);
  }
}
