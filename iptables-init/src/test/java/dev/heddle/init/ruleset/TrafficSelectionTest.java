package dev.heddle.init.ruleset;

import static dev.heddle.init.ruleset.TrafficSetting.EXCLUDE_INBOUND_PORTS;
import static dev.heddle.init.ruleset.TrafficSetting.EXCLUDE_OUTBOUND_PORTS;
import static dev.heddle.init.ruleset.TrafficSetting.EXCLUDE_OUTBOUND_RANGES;
import static dev.heddle.init.ruleset.TrafficSetting.INCLUDE_INBOUND_PORTS;
import static dev.heddle.init.ruleset.TrafficSetting.INCLUDE_OUTBOUND_PORTS;
import static dev.heddle.init.ruleset.TrafficSetting.INCLUDE_OUTBOUND_RANGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.init.ruleset.Selection.All;
import dev.heddle.init.ruleset.Selection.Only;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TrafficSelectionTest {

  @Test
  void nothingSaidCapturesEverything() {
    TrafficSelection selection = TrafficSelection.ofAnnotations(Map.of());
    assertThat(selection.inbound()).isEqualTo(Inbound.EVERYTHING);
    assertThat(selection.outbound()).isEqualTo(Outbound.EVERYTHING);
    assertThat(selection.withoutEffect()).isEmpty();
  }

  @Test
  void istiosAnnotationsAreRead() {
    TrafficSelection selection =
        TrafficSelection.ofAnnotations(
            Map.of(
                "traffic.sidecar.istio.io/includeInboundPorts", "80, 8080",
                "traffic.sidecar.istio.io/includeOutboundPorts", "443",
                "traffic.sidecar.istio.io/excludeOutboundPorts", "3306",
                "traffic.sidecar.istio.io/includeOutboundIPRanges", "10.0.0.0/8",
                "traffic.sidecar.istio.io/excludeOutboundIPRanges", "10.1.0.0/16"));
    assertThat(selection.inbound().includePorts())
        .isEqualTo(new Only<>(List.of(new PortRange(80, 80), new PortRange(8080, 8080))));
    assertThat(selection.outbound())
        .isEqualTo(
            new Outbound(
                new Only<>(List.of(Cidr.parse("10.0.0.0/8"))),
                List.of(new PortRange(443, 443)),
                List.of(new PortRange(3306, 3306)),
                List.of(Cidr.parse("10.1.0.0/16"))));
  }

  @Test
  void annotationsOfTheSameGroupThatAreNotHonouredAreNamed() {
    assertThat(
            TrafficSelection.notHonoured(
                Map.of(
                    "traffic.sidecar.istio.io/excludeInterfaces", "eth1",
                    "traffic.sidecar.istio.io/excludeInboundPorts", "80",
                    "example.com/other", "x")))
        .containsExactly("traffic.sidecar.istio.io/excludeInterfaces");
  }

  @Test
  void anEmptyInclusionIncludesNothingAndAStarEverything() {
    assertThat(including("").inbound().includePorts()).isEqualTo(new Only<>(List.of()));
    assertThat(including("*").inbound().includePorts()).isEqualTo(new All<>());
  }

  @Test
  void whatIsSaidFirstWins() {
    TrafficSelection both = including("80").or(including("90"));
    assertThat(both.said()).containsValue("80");
    assertThat(TrafficSelection.ofAnnotations(Map.of()).or(including("90")).said())
        .containsValue("90");
  }

  @Test
  void whatHasNoEffectIsSaid() {
    TrafficSelection ports =
        new TrafficSelection(
            Map.of(
                INCLUDE_INBOUND_PORTS, "80",
                EXCLUDE_INBOUND_PORTS, "90",
                INCLUDE_OUTBOUND_PORTS, "443"));
    assertThat(ports.withoutEffect())
        .anyMatch(sentence -> sentence.startsWith("excludeInboundPorts"))
        .anyMatch(sentence -> sentence.startsWith("includeOutboundPorts"))
        .hasSize(2);
  }

  @Test
  void aMistakeIsToldWithItsPlaceItsValueAndWhatWasExpected() {
    assertThatThrownBy(() -> including("80,http").inbound())
        .hasMessageContaining("includeInboundPorts")
        .hasMessageContaining("\"http\"")
        .hasMessageContaining("1 to 65535");
    assertThatThrownBy(() -> including("0").inbound()).hasMessageContaining("\"0\"");
    assertThatThrownBy(() -> including("90-80").inbound()).hasMessageContaining("\"90-80\"");
    assertThatThrownBy(() -> including("80,".repeat(256) + "80").inbound())
        .hasMessageContaining("257 entries (expected: at most 256)");
  }

  @Test
  void settingsAnswerWhatTheyCapture() throws Exception {
    InetAddress inside = InetAddress.getByName("10.2.0.1");
    InetAddress excluded = InetAddress.getByName("10.1.0.1");
    InetAddress outside = InetAddress.getByName("192.0.2.1");
    Outbound outbound =
        new TrafficSelection(
                Map.of(
                    INCLUDE_OUTBOUND_PORTS, "443",
                    EXCLUDE_OUTBOUND_PORTS, "3306",
                    INCLUDE_OUTBOUND_RANGES, "10.0.0.0/8",
                    EXCLUDE_OUTBOUND_RANGES, "10.1.0.0/16"))
            .outbound();
    assertThat(outbound.captures(inside, 80)).isTrue();
    assertThat(outbound.captures(inside, 3306)).isFalse();
    assertThat(outbound.captures(excluded, 443)).isFalse();
    assertThat(outbound.captures(outside, 443)).isTrue();
    assertThat(outbound.captures(outside, 80)).isFalse();
  }

  private static TrafficSelection including(String inboundPorts) {
    return new TrafficSelection(Map.of(INCLUDE_INBOUND_PORTS, inboundPorts));
  }
}
