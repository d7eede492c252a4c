package dev.heddle.control.client.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class RenewalScheduleTest {

  private static final long NOW = 1_000_000_000_000L;
  private static final long HOUR = 3_600_000;

  @Test
  void aCertificateIsRenewedAroundHalfOfWhatIsLeftOfIt() {
    assertThat(new RenewalSchedule(bound -> 0).renewal(NOW, NOW + 24 * HOUR))
        .isEqualTo(NOW + (long) (10.8 * HOUR));
    assertThat(new RenewalSchedule(bound -> bound / 2).renewal(NOW, NOW + 24 * HOUR))
        .isEqualTo(NOW + 12 * HOUR);
    assertThat(new RenewalSchedule(bound -> bound - 1).renewal(NOW, NOW + 24 * HOUR))
        .isBetween(NOW + 13 * HOUR, NOW + (long) (13.2 * HOUR));
  }

  @Test
  void renewalsOfOneStartAreSpread() {
    Random dice = new Random(7);
    RenewalSchedule schedule = new RenewalSchedule(dice::nextInt);
    long distinctMinutes =
        dice.longs(1_000)
            .map(unused -> schedule.renewal(NOW, NOW + 24 * HOUR) / 60_000)
            .distinct()
            .count();
    assertThat(distinctMinutes).isGreaterThan(100); // of 144
  }

  @Test
  void pausesDoubleUpToTheLongestWithFullJitter() {
    RenewalSchedule longest = new RenewalSchedule(bound -> bound - 1);
    assertThat(longest.pauseMillis(1)).isEqualTo(200);
    assertThat(longest.pauseMillis(2)).isEqualTo(400);
    assertThat(longest.pauseMillis(8)).isEqualTo(25_600);
    assertThat(longest.pauseMillis(9)).isEqualTo(30_000);
    assertThat(longest.pauseMillis(Integer.MAX_VALUE)).isEqualTo(30_000);
    assertThat(new RenewalSchedule(bound -> 0).pauseMillis(9)).isEqualTo(1);
  }
}
