package dev.heddle.control.ca;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people of refused callers, at most once a minute however many there are. */
final class RefusalLog {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.control.ca");
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final InstantSource clock;
  private Instant next = Instant.MIN;
  private long untold;

  RefusalLog(InstantSource clock) {
    this.clock = clock;
  }

  /** A caller was refused. */
  synchronized void refused(String address, String message) {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      untold++;
      return;
    }
    LOG.warn(
        "refused {}: {}; {} more since the last such line (at most one a minute)",
        address,
        message,
        untold);
    untold = 0;
    next = now.plus(PAUSE);
  }
}
