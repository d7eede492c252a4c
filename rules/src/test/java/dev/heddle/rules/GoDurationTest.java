package dev.heddle.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

  @ParameterizedTest
  @CsvSource({
    "5s, 5000000000",
    "250ms, 250000000",
    "8ms, 8000000",
    "1h30m, 5400000000000",
    "3m, 180000000000",
    "1.5s, 1500000000",
    ".5s, 500000000",
    "1h1m1s1ms, 3661001000000",
    "1500us, 1500000",
    "1500µs, 1500000",
    "1500μs, 1500000",
    "2000000ns, 2000000",
    "0, 0",
    "0s, 0",
    "8760h, 31536000000000000"
  })
  void durationsAreReadAsGoReadsThem(String text, long nanos) {
    GoDuration timeout = Objects.requireNonNull(Yaml.route("timeout: '" + text + "'").timeout());

    assertThat(timeout.nanos()).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "''",
        "'5'",
        "5",
        "5 s",
        "-5s",
        "5x",
        "s",
        "1h 30m",
        "8761h",
        "1e3s",
        "PT5S",
        "[5s]",
        "{a: b}",
        "true",
        "9999999999999999999999h"
      })
  void whatIsNoDurationIsRefusedWithTheFormThatIs(String text) {
    assertThat(Yaml.problems(Yaml.routeWith("timeout: " + text)))
        .startsWith("VirtualService bookinfo/reviews: spec.http[0].timeout is ")
        .endsWith(" (expected: a duration like 5s, 250ms or 1h30m, at most 8760h) (6:3)");
  }

  @Test
  void aDurationIsWrittenAsItIsRead() {
    assertThat(GoDuration.parse("1h0.25s").text()).isEqualTo("3600.25s");
    assertThat(GoDuration.parse(GoDuration.parse("90m").text())).isEqualTo(GoDuration.parse("90m"));
  }
}
