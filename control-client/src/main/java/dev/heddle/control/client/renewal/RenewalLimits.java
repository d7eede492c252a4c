package dev.heddle.control.client.renewal;

/** The limits of renewals, each with its unit and reason. */
final class RenewalLimits {

  /** Part of what is left of a certificate at which the next is asked for at the earliest. */
  static final double EARLIEST_PART = 0.45;

  /** Width of the part over which renewals spread: 24 h certificates of one start, over 2.4 h. */
  static final double SPREAD_PART = 0.1;

  /** First pause after a failure; full jitter is taken of it. */
  static final long FIRST_RETRY_MILLIS = 200;

  /** Longest pause after failures: 10,000 processes ask 700 times a second at most, on average. */
  static final long LONGEST_RETRY_MILLIS = 30_000;

  /**
   * The wall clock is looked at so often: it may jump, and a suspended machine's timers are late.
   */
  static final long LONGEST_SLEEP_MILLIS = 60_000;

  /** For the control service to sign: more would be asked of one that is overloaded already. */
  static final long SIGN_SECONDS = 10;

  /** How long the roots of the mesh are waited for before a certificate is asked for. */
  static final long TRUST_WAIT_MILLIS = 1_000;

  /** Certificates of a chain: root, a company's and a cluster's authority, and room. */
  static final int MAX_CHAIN = 10;

  private RenewalLimits() {}
}
