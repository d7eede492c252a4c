package dev.heddle.control.ca;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that stands until it is told to pass. */
final class TestClock implements InstantSource {

  private Instant now = Instant.parse("2026-11-21T10:00:00.750Z");

  @Override
  public Instant instant() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }
}
