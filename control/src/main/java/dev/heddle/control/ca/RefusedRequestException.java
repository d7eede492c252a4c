package dev.heddle.control.ca;

/** A certificate request that is not signed; the message says what was seen and expected. */
public final class RefusedRequestException extends Exception {

  /** Never null: the message is for the one who asked. */
  public RefusedRequestException(String message) {
    super(message);
  }
}
