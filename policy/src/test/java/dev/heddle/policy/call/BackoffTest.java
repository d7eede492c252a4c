package dev.heddle.policy.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  private static final long MILLI = 1_000_000L;

  @ParameterizedTest
  @CsvSource({"1, 25", "2, 75", "3, 175", "4, 250", "5, 250", "1000000, 250"})
  void pausesAreDrawnBelowABoundThatDoublesUpToTenTimesTheBase(int retry, long boundMillis) {
    assertThat(Backoff.nanos(25 * MILLI, retry, bound -> 0)).isZero();
    assertThat(Backoff.nanos(25 * MILLI, retry, bound -> bound - 1))
        .isEqualTo(boundMillis * MILLI - 1_000);
  }
}
