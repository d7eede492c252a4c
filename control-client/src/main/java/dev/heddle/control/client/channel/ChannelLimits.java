package dev.heddle.control.client.channel;

/** The limits of connections to the control service, each with its unit and reason. */
final class ChannelLimits {

  /** Bytes of one response: control sends at most half of it. */
  static final int MAX_RESPONSE_BYTES = 4 * 1024 * 1024;

  /** A control service that is silent for so long is asked whether it is still there. */
  static final long KEEPALIVE_SECONDS = 30;

  /** Time it has to answer that. */
  static final long KEEPALIVE_TIMEOUT_SECONDS = 10;

  /** For a connection to stand: the system's own patience is two minutes. */
  static final int CONNECT_MILLIS = 10_000;

  /**
   * Between two bytes of a handshake: a port that accepts and says nothing is no control service.
   */
  static final int HANDSHAKE_MILLIS = 10_000;

  /** Bytes of the file of roots. */
  static final long MAX_ROOTS_BYTES = 1_000_000;

  /** Bytes of the token: headers of gRPC have 8 KiB unless a server says otherwise. */
  static final long MAX_TOKEN_BYTES = 8_000;

  private ChannelLimits() {}
}
