package dev.heddle.control.ca;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Failures per key as token buckets: so many at once, and one more after each pause. Keys that were
 * not used for longest are forgotten.
 */
final class FailureBuckets {

  /** Keys remembered: 200 bytes each. */
  private static final int MAX_KEYS = 10_000;

  private record Bucket(double failures, Instant at) {}

  private final int burst;
  private final Duration pause;
  private final InstantSource clock;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MAX_KEYS;
        }
      };

  FailureBuckets(int burst, Duration pause, InstantSource clock) {
    this.burst = burst;
    this.pause = pause;
    this.clock = clock;
  }

  /** Whether one more try is too many now. */
  synchronized boolean full(String key) {
    return failures(key, clock.instant()) > burst - 1;
  }

  synchronized void failed(String key) {
    Instant now = clock.instant();
    buckets.put(key, new Bucket(Math.min(burst, failures(key, now) + 1), now));
  }

  private double failures(String key, Instant now) {
    Bucket bucket = buckets.get(key);
    if (bucket == null) {
      return 0;
    }
    double forgiven = (double) Duration.between(bucket.at(), now).toNanos() / pause.toNanos();
    return Math.max(0, bucket.failures() - forgiven);
  }
}
