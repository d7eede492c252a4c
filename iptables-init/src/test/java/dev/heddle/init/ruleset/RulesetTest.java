package dev.heddle.init.ruleset;

import static dev.heddle.init.ruleset.TrafficSetting.EXCLUDE_INBOUND_PORTS;
import static dev.heddle.init.ruleset.TrafficSetting.EXCLUDE_INBOUND_RANGES;
import static dev.heddle.init.ruleset.TrafficSetting.EXCLUDE_OUTBOUND_PORTS;
import static dev.heddle.init.ruleset.TrafficSetting.EXCLUDE_OUTBOUND_RANGES;
import static dev.heddle.init.ruleset.TrafficSetting.INCLUDE_INBOUND_PORTS;
import static dev.heddle.init.ruleset.TrafficSetting.INCLUDE_OUTBOUND_PORTS;
import static dev.heddle.init.ruleset.TrafficSetting.INCLUDE_OUTBOUND_RANGES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RulesetTest {

  @ParameterizedTest
  @EnumSource(Family.class)
  void everythingIsCapturedByDefault(Family family) {
    assertThat(fresh(CaptureSettings.DEFAULT, family))
        .isEqualTo(
            """
            *raw
            :HEDDLE_OUTPUT - [0:0]
            -A OUTPUT -j HEDDLE_OUTPUT
            -A HEDDLE_OUTPUT -p udp -m mark --mark 0x539/0xfff -m udp --dport 53 -j CT --zone-orig 1
            COMMIT
            *mangle
            :HEDDLE_OUTPUT - [0:0]
            -A OUTPUT -j HEDDLE_OUTPUT
            -A HEDDLE_OUTPUT -m connmark --mark 0x111/0xfff -j CONNMARK --restore-mark --nfmask 0xfff --ctmask 0xfff
            :HEDDLE_PREROUTING - [0:0]
            -A PREROUTING -j HEDDLE_PREROUTING
            -A HEDDLE_PREROUTING -m mark --mark 0x539/0xfff -j CONNMARK --set-xmark 0x111/0xfff
            COMMIT
            *nat
            :HEDDLE_OUTPUT - [0:0]
            -A OUTPUT -j HEDDLE_OUTPUT
            -A HEDDLE_OUTPUT -m mark --mark 0x539/0xfff -j RETURN
            -A HEDDLE_OUTPUT -o lo -j RETURN
            -A HEDDLE_OUTPUT -p udp -m udp --dport 53 -j REDIRECT --to-ports 15053
            -A HEDDLE_OUTPUT -p tcp -m tcp --dport 53 -j REDIRECT --to-ports 15053
            -A HEDDLE_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            :HEDDLE_PREROUTING - [0:0]
            -A PREROUTING -j HEDDLE_PREROUTING
            -A HEDDLE_PREROUTING -i lo -j RETURN
            -A HEDDLE_PREROUTING -p tcp -j REDIRECT --to-ports 15006
            COMMIT
            """);
  }

  @Test
  void portsAndMarkAreThoseOfTheSettings() {
    CaptureSettings settings =
        new CaptureSettings(
            6,
            1,
            OptionalInt.of(5353),
            Mark.parse("0x7"),
            Set.of(Family.IPV4),
            Inbound.EVERYTHING,
            Outbound.EVERYTHING);
    assertThat(fresh(settings, Family.IPV4))
        .contains("-m mark --mark 0x7/0xfff -m udp --dport 53 -j CT")
        .contains("-A HEDDLE_OUTPUT -m mark --mark 0x7/0xfff -j RETURN")
        .contains("-A HEDDLE_PREROUTING -m mark --mark 0x7/0xfff -j CONNMARK")
        .contains("--dport 53 -j REDIRECT --to-ports 5353")
        .contains("-A HEDDLE_OUTPUT -p tcp -j REDIRECT --to-ports 1\n")
        .contains("-A HEDDLE_PREROUTING -p tcp -j REDIRECT --to-ports 6\n");
  }

  @Test
  void withoutDnsThereIsNoRuleForIt() {
    assertThat(fresh(dns(CaptureSettings.DEFAULT, OptionalInt.empty()), Family.IPV4))
        .doesNotContain("53 -j")
        .doesNotContain("*raw");
  }

  @Test
  void anExcludedPort53LeavesDnsAloneOnBothProtocols() {
    assertThat(nat(said(EXCLUDE_OUTBOUND_PORTS, "53")))
        .isEqualTo(
            """
            -A HEDDLE_OUTPUT -m mark --mark 0x539/0xfff -j RETURN
            -A HEDDLE_OUTPUT -o lo -j RETURN
            -A HEDDLE_OUTPUT -p tcp -m tcp --dport 53 -j RETURN
            -A HEDDLE_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            """);
  }

  @Test
  void excludedOutboundPortsComeBeforeAllElse() {
    assertThat(nat(said(EXCLUDE_OUTBOUND_PORTS, "3306,8000-8010")))
        .isEqualTo(
            """
            -A HEDDLE_OUTPUT -m mark --mark 0x539/0xfff -j RETURN
            -A HEDDLE_OUTPUT -o lo -j RETURN
            -A HEDDLE_OUTPUT -p tcp -m tcp --dport 3306 -j RETURN
            -A HEDDLE_OUTPUT -p tcp -m tcp --dport 8000:8010 -j RETURN
            -A HEDDLE_OUTPUT -p udp -m udp --dport 53 -j REDIRECT --to-ports 15053
            -A HEDDLE_OUTPUT -p tcp -m tcp --dport 53 -j REDIRECT --to-ports 15053
            -A HEDDLE_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            """);
  }

  @Test
  void excludedRangesGoToTheFamilyThatTheyAreOf() {
    CaptureSettings settings =
        said(EXCLUDE_OUTBOUND_RANGES, "10.1.2.3/8,fd00:0:0::1:0/112,192.0.2.7");
    assertThat(nat(settings))
        .contains(
            """
            -A HEDDLE_OUTPUT -d 10.0.0.0/8 -j RETURN
            -A HEDDLE_OUTPUT -d 192.0.2.7/32 -j RETURN
            -A HEDDLE_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            """);
    assertThat(fresh(settings, Family.IPV6))
        .contains(
            """
            -A HEDDLE_OUTPUT -d fd00::1:0/112 -j RETURN
            -A HEDDLE_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            """);
  }

  @Test
  void onlyIncludedRangesAreCaptured() {
    CaptureSettings settings = said(INCLUDE_OUTBOUND_RANGES, "10.0.0.0/8");
    assertThat(nat(settings))
        .endsWith("-A HEDDLE_OUTPUT -d 10.0.0.0/8 -p tcp -j REDIRECT --to-ports 15001\n");
    assertThat(fresh(settings, Family.IPV6)).doesNotContain("15001");
  }

  @Test
  void includedPortsAreCapturedBesideIncludedRanges() {
    assertThat(nat(said(Map.of(INCLUDE_OUTBOUND_PORTS, "443", INCLUDE_OUTBOUND_RANGES, ""))))
        .endsWith("-A HEDDLE_OUTPUT -p tcp -m tcp --dport 443 -j REDIRECT --to-ports 15001\n")
        .doesNotContain("-p tcp -j REDIRECT");
  }

  @Test
  void aRangeOfEverythingIsSaidWithoutAnAddress() {
    assertThat(nat(said(INCLUDE_OUTBOUND_RANGES, "0.0.0.0/0")))
        .endsWith("-A HEDDLE_OUTPUT -p tcp -j REDIRECT --to-ports 15001\n");
  }

  @Test
  void excludedInboundPortsAndSourcesAreLeftAlone() {
    assertThat(
            prerouting(
                said(
                    Map.of(
                        EXCLUDE_INBOUND_PORTS,
                        "22,9000-9009",
                        EXCLUDE_INBOUND_RANGES,
                        "169.254.7.127"))))
        .isEqualTo(
            """
            -A HEDDLE_PREROUTING -i lo -j RETURN
            -A HEDDLE_PREROUTING -s 169.254.7.127/32 -j RETURN
            -A HEDDLE_PREROUTING -p tcp -m tcp --dport 22 -j RETURN
            -A HEDDLE_PREROUTING -p tcp -m tcp --dport 9000:9009 -j RETURN
            -A HEDDLE_PREROUTING -p tcp -j REDIRECT --to-ports 15006
            """);
  }

  @Test
  void includedInboundPortsAreAllThatIsCapturedAndExclusionsHaveNoEffect() {
    assertThat(
            prerouting(
                said(Map.of(INCLUDE_INBOUND_PORTS, "8080,8081", EXCLUDE_INBOUND_PORTS, "8080"))))
        .isEqualTo(
            """
            -A HEDDLE_PREROUTING -i lo -j RETURN
            -A HEDDLE_PREROUTING -p tcp -m tcp --dport 8080 -j REDIRECT --to-ports 15006
            -A HEDDLE_PREROUTING -p tcp -m tcp --dport 8081 -j REDIRECT --to-ports 15006
            """);
  }

  @Test
  void noInboundPortsMeansNoInboundCapture() {
    assertThat(prerouting(said(INCLUDE_INBOUND_PORTS, ""))).doesNotContain("REDIRECT");
  }

  @Test
  void aFamilyThatIsLeftOutHasNoRules() {
    CaptureSettings settings = CaptureSettings.DEFAULT.withFamilies(Set.of(Family.IPV4));
    assertThat(fresh(settings, Family.IPV6)).isEmpty();
  }

  private static String fresh(CaptureSettings settings, Family family) {
    return Ruleset.of(settings, family).restoreText(InstalledRules.NONE);
  }

  private static String nat(CaptureSettings settings) {
    return chain(settings, "-A HEDDLE_OUTPUT");
  }

  private static String prerouting(CaptureSettings settings) {
    return chain(settings, "-A HEDDLE_PREROUTING");
  }

  private static String chain(CaptureSettings settings, String start) {
    String text = fresh(settings, Family.IPV4);
    StringBuilder chain = new StringBuilder();
    text.substring(text.indexOf("*nat"))
        .lines()
        .filter(line -> line.startsWith(start))
        .forEach(line -> chain.append(line).append('\n'));
    return chain.toString();
  }

  private static CaptureSettings dns(CaptureSettings settings, OptionalInt port) {
    return new CaptureSettings(
        settings.inboundPort(),
        settings.outboundPort(),
        port,
        settings.mark(),
        settings.families(),
        settings.inbound(),
        settings.outbound());
  }

  private static CaptureSettings said(TrafficSetting setting, String value) {
    return said(Map.of(setting, value));
  }

  private static CaptureSettings said(Map<TrafficSetting, String> said) {
    TrafficSelection selection = new TrafficSelection(said);
    return new CaptureSettings(
        15_006,
        15_001,
        OptionalInt.of(15_053),
        Mark.DEFAULT,
        Set.of(Family.values()),
        selection.inbound(),
        selection.outbound());
  }
}
