package dev.heddle.control.ca;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** From when to when; certificates know seconds only. */
record Validity(Instant notBefore, Instant notAfter) {

  /** Peers' clocks that are late by so much take a new certificate all the same (as Istio's). */
  private static final Duration LATE_CLOCKS = Duration.ofMinutes(2);

  /** A certificate that lives shortly is backdated by less, for its age is its span's. */
  private static final int PART_OF_LIFETIME = 10;

  /** Valid for a lifetime from now on, but no longer than who signs. */
  static Validity of(Instant now, Duration lifetime, Instant issuersEnd) {
    Duration part = lifetime.dividedBy(PART_OF_LIFETIME);
    Duration back = part.compareTo(LATE_CLOCKS) < 0 ? part : LATE_CLOCKS;
    Instant end = now.plus(lifetime);
    return new Validity(
        now.minus(back).truncatedTo(ChronoUnit.SECONDS),
        end.isAfter(issuersEnd) ? issuersEnd : end);
  }
}
