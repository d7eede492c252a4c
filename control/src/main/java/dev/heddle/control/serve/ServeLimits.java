package dev.heddle.control.serve;

/** The limits of discovery, each with its unit and reason. */
final class ServeLimits {

  /** Streams at once: more clients than one control process is built for are told to come back. */
  static final int MAX_STREAMS = 20_000;

  /** Names one client may follow of one type: a process calls tens of hosts, a node hundreds. */
  static final int MAX_SUBSCRIPTIONS_PER_TYPE = 10_000;

  /** Characters of a name: a host of DNS's 253 and a port. */
  static final int MAX_NAME_CHARS = 259;

  /** Bytes of one request: 10,000 names of 200 bytes with their versions. */
  static final int MAX_REQUEST_BYTES = 4 * 1024 * 1024;

  /** Bytes of resources in one response: below gRPC's default limit of 4 MiB at the client. */
  static final int MAX_RESPONSE_BYTES = 2 * 1024 * 1024;

  /** Responses whose answer is awaited per type: a client that never answers costs no more. */
  static final int MAX_UNANSWERED = 64;

  /** Calls at once on a connection with a name: a stream of discovery and a certificate. */
  static final int MAX_CALLS_PER_CONNECTION = 8;

  /** Seconds until a connection must have shaken hands: one that does not costs little. */
  static final long HANDSHAKE_SECONDS = 10;

  /** Seconds for which a caller is known at least before it has to show who it is again. */
  static final long MIN_CONNECTION_AGE_SECONDS = 60;

  /** Seconds that calls may take to end on a connection of that age. */
  static final long CONNECTION_AGE_GRACE_SECONDS = 5;

  /** Changes within this time become one push. */
  static final long DEBOUNCE_MILLIS = 20;

  private ServeLimits() {}
}
