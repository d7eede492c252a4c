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

  /** Changes within this time become one push. */
  static final long DEBOUNCE_MILLIS = 20;

  private ServeLimits() {}
}
