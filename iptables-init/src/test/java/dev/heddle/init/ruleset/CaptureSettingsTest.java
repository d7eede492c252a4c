package dev.heddle.init.ruleset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CaptureSettingsTest {

  @Test
  void listenersNeedPortsOfTheirOwn() {
    assertThatThrownBy(() -> ports(15_001, 15_001, 15_053)).hasMessageContaining("15001, 15001");
    assertThatThrownBy(() -> ports(15_006, 15_001, 0)).hasMessageContaining("1 to 65535");
  }

  @Test
  void someFamilyIsCaptured() {
    assertThatThrownBy(() -> CaptureSettings.DEFAULT.withFamilies(Set.of()))
        .hasMessageContaining("no IP family");
  }

  @Test
  void marksFitTheirTwelveBitsAndDifferFromThatOfConnections() {
    assertThat(Mark.parse("1337")).isEqualTo(Mark.DEFAULT).hasToString("0x539/0xfff");
    assertThatThrownBy(() -> Mark.parse("0")).hasMessageContaining("0x1 to 0xfff");
    assertThatThrownBy(() -> Mark.parse("0x1000")).hasMessageContaining("0x1000");
    assertThatThrownBy(() -> Mark.parse("0x111")).hasMessageContaining("not 0x111");
    assertThatThrownBy(() -> Mark.parse("x")).hasMessageContaining("\"x\"");
  }

  private static CaptureSettings ports(int inbound, int outbound, int dns) {
    return new CaptureSettings(
        inbound,
        outbound,
        OptionalInt.of(dns),
        Mark.DEFAULT,
        Set.of(Family.IPV4),
        Inbound.EVERYTHING,
        Outbound.EVERYTHING);
  }
}
