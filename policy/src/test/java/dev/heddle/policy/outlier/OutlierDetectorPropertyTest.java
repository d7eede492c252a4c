package dev.heddle.policy.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.balance.Host;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OutlierDetectorPropertyTest {

  private static final long SECOND = 1_000_000_000L;

  @Property
  void ejectionsNeverExceedTheirMaximum(
      @ForAll @IntRange(min = 1, max = 30) int count,
      @ForAll @IntRange(max = 100) int maxEjectionPercent,
      @ForAll @Size(max = 300) List<@IntRange(max = 29) Integer> failing) {
    OutlierDetector detector =
        new OutlierDetector(
            OutlierDetection.builder()
                .consecutive5xx(2)
                .intervalNanos(SECOND)
                .baseEjectionNanos(20 * SECOND)
                .maxEjectionPercent(maxEjectionPercent)
                .build(),
            0);
    Host[] hosts = OutlierDetectorTest.hosts(count);
    long now = 0;
    for (int host : failing) {
      now += SECOND;
      detector.sweep(hosts, now);
      detector.responded(hosts[host % count], hosts, 500, now);
      long ejected = Arrays.stream(hosts).filter(each -> each.health().ejected()).count();
      assertThat(ejected * 100).isLessThanOrEqualTo((long) maxEjectionPercent * count);
    }
  }
}
