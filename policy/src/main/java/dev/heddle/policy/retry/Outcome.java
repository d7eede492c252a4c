package dev.heddle.policy.retry;

/** How an attempt ended without a response. */
public enum Outcome {
  /** No connection came about: nothing of the request was sent. */
  CONNECT_FAILED,
  /** The peer refused the stream unprocessed (HTTP/2 REFUSED_STREAM). */
  REFUSED,
  /** The connection broke before a response. */
  RESET,
  /** The attempt's own timeout passed. */
  TIMED_OUT
}
