package dev.heddle.init.apply;

/** Rules cannot be put in place or taken away; the message says what to do about it. */
public final class CaptureException extends Exception {

  public CaptureException(String message) {
    super(message);
  }

  public CaptureException(String message, Throwable cause) {
    super(message, cause);
  }
}
