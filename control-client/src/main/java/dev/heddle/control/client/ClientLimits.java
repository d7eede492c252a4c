package dev.heddle.control.client;

/** The limits of a discovery client, each with its unit and reason. */
final class ClientLimits {

  /**
   * Hosts followed at most: an app that calls ever new hosts must not fill memory with them. Those
   * that the mesh does not know are forgotten first.
   */
  static final int MAX_HOSTS = 2_000;

  /** Characters of a host's name: DNS has no longer ones, control refuses them. */
  static final int MAX_HOST_CHARS = 253;

  /** Bytes of the file that keeps the last good configuration. */
  static final int MAX_STATE_FILE_BYTES = 64 * 1024 * 1024;

  /** First pause before a new connection; full jitter is taken of it. */
  static final long FIRST_RECONNECT_MILLIS = 200;

  /** Longest pause before a new connection: a control service that is back is found within it. */
  static final long LONGEST_RECONNECT_MILLIS = 10_000;

  /** Changes within this time are written to disk as one. */
  static final long SAVE_DELAY_MILLIS = 500;

  private ClientLimits() {}
}
