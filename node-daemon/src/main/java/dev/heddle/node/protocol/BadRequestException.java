package dev.heddle.node.protocol;

import io.netty.handler.codec.DecoderException;

/** A request that is refused as it stands; its message says what is wrong with it. */
public final class BadRequestException extends DecoderException {

  private static final long serialVersionUID = 1L;

  private final int status;

  BadRequestException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The status to refuse it with. */
  public int status() {
    return status;
  }

  @Override
  public Throwable fillInStackTrace() {
    return this; // a stranger sends these at will, and nobody reads where they were found
  }
}
