package dev.heddle.policy.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.TestMesh;
import dev.heddle.policy.balance.Host;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutlierDetectorTest {

  private static final long SECOND = 1_000_000_000L;
  private static final OutlierDetection SETTINGS =
      OutlierDetection.builder()
          .consecutive5xx(5)
          .consecutiveGatewayErrors(3)
          .intervalNanos(10 * SECOND)
          .baseEjectionNanos(30 * SECOND)
          .maxEjectionPercent(50)
          .build();

  private final Host[] hosts = hosts(4);

  static Host[] hosts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Host.known(TestMesh.endpoint(i).build()))
        .toArray(Host[]::new);
  }

  private void respond(OutlierDetector detector, int host, int status, int times) {
    for (int i = 0; i < times; i++) {
      detector.responded(hosts[host], hosts, status, 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"500, 4, false", "500, 5, true", "503, 2, false", "503, 3, true", "404, 100, false"})
  void failuresInARowEjectAtTheirLimit(int status, int times, boolean ejected) {
    respond(new OutlierDetector(SETTINGS, 0), 0, status, times);
    assertThat(hosts[0].health().ejected()).isEqualTo(ejected);
  }

  @Test
  void oneGoodResponseBeginsTheCountAnew() {
    OutlierDetector detector = new OutlierDetector(SETTINGS, 0);
    respond(detector, 0, 500, 4);
    respond(detector, 0, 200, 1);
    respond(detector, 0, 500, 4);
    assertThat(hosts[0].health().ejected()).isFalse();
  }

  @Test
  void anErrorThatIsNoGatewayErrorBreaksTheRowOfGatewayErrors() {
    OutlierDetector detector = new OutlierDetector(SETTINGS, 0);
    respond(detector, 0, 503, 2);
    respond(detector, 0, 500, 1);
    respond(detector, 0, 503, 1);
    assertThat(hosts[0].health().ejected()).isFalse();
    respond(detector, 0, 500, 1);
    assertThat(hosts[0].health().ejected()).isTrue();
  }

  @Test
  void failuresToConnectCountAsGatewayErrorsUnlessCountedApart() {
    OutlierDetector together = new OutlierDetector(SETTINGS, 0);
    OutlierDetector apart =
        new OutlierDetector(
            SETTINGS.toBuilder()
                .splitLocalOriginErrors(true)
                .consecutiveLocalOriginFailures(7)
                .build(),
            0);
    for (int i = 0; i < 6; i++) {
      together.failedLocally(hosts[0], hosts, 0);
      apart.failedLocally(hosts[1], hosts, 0);
    }
    assertThat(hosts[0].health().ejected()).isTrue();
    assertThat(hosts[1].health().ejected()).isFalse();
    apart.failedLocally(hosts[1], hosts, 0);
    assertThat(hosts[1].health().ejected()).isTrue();
  }

  @Test
  void noMoreThanTheMaximumIsEjectedAndWhoWasSparedCountsAnew() {
    OutlierDetector detector = new OutlierDetector(SETTINGS, 0);
    respond(detector, 0, 500, 5);
    respond(detector, 1, 500, 5);
    respond(detector, 2, 500, 5);
    assertThat(hosts[2].health().ejected()).isFalse();
    assertThat(hosts[2].health().consecutive5xx().get()).isZero();
    assertThat(detector.ejections()).isEqualTo(2);
  }

  @Test
  void ofFewHostsNoneIsEjectedWhereOneWouldPassTheMaximum() {
    OutlierDetector detector =
        new OutlierDetector(SETTINGS.toBuilder().maxEjectionPercent(10).build(), 0);
    respond(detector, 0, 500, 50);
    assertThat(hosts[0].health().ejected()).isFalse();
  }

  @Test
  void anEjectionEndsWithTheFirstSweepBehindItsTimeAndIsLongerTheNextTime() {
    OutlierDetector detector = new OutlierDetector(SETTINGS, 0);
    respond(detector, 0, 500, 5);
    detector.sweep(hosts, 29 * SECOND);
    assertThat(hosts[0].health().ejected()).isTrue();
    detector.sweep(hosts, 35 * SECOND);
    assertThat(hosts[0].health().ejected()).as("the next sweep is due at 39 s").isTrue();
    detector.sweep(hosts, 39 * SECOND);
    assertThat(hosts[0].health().ejected()).isFalse();

    for (int i = 0; i < 5; i++) {
      detector.responded(hosts[0], hosts, 500, 40 * SECOND);
    }
    detector.sweep(hosts, 99 * SECOND);
    assertThat(hosts[0].health().ejected()).isTrue();
    detector.sweep(hosts, 109 * SECOND);
    assertThat(hosts[0].health().ejected()).isFalse();
  }

  @Test
  void eachSweepThatFindsAHostWellShortensItsNextEjection() {
    OutlierDetector detector = new OutlierDetector(SETTINGS, 0);
    respond(detector, 0, 500, 5);
    detector.sweep(hosts, 30 * SECOND);
    assertThat(hosts[0].health().timesEjected()).isEqualTo(1);
    detector.sweep(hosts, 40 * SECOND);
    assertThat(hosts[0].health().timesEjected()).isZero();
  }

  @Test
  void noEjectionIsLongerThanFiveMinutesHoweverOftenAHostFails() {
    OutlierDetector detector = new OutlierDetector(SETTINGS, 0);
    long now = 0;
    for (int round = 0; round < 40; round++) {
      for (int i = 0; i < 5; i++) {
        detector.responded(hosts[0], hosts, 500, now);
      }
      assertThat(hosts[0].health().ejected()).isTrue();
      now += 300 * SECOND;
      detector.sweep(hosts, now);
      assertThat(hosts[0].health().ejected()).isFalse();
    }
    assertThat(hosts[0].health().timesEjected()).isEqualTo(10);
  }
}
