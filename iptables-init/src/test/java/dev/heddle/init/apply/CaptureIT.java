package dev.heddle.init.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.init.linux.NetnsTest;
import dev.heddle.init.linux.Pods;
import dev.heddle.init.ruleset.CaptureSettings;
import dev.heddle.init.ruleset.Family;
import dev.heddle.init.ruleset.TrafficSelection;
import dev.heddle.init.ruleset.TrafficSetting;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@NetnsTest
final class CaptureIT {

  private static final TrafficSelection MUCH =
      new TrafficSelection(
          Map.of(
              TrafficSetting.EXCLUDE_INBOUND_PORTS, "22,9000-9009",
              TrafficSetting.EXCLUDE_INBOUND_RANGES, "10.0.0.1/32,fd00:0:0:1::/64",
              TrafficSetting.INCLUDE_OUTBOUND_PORTS, "443",
              TrafficSetting.EXCLUDE_OUTBOUND_PORTS, "3306,8000-8100",
              TrafficSetting.INCLUDE_OUTBOUND_RANGES, "10.0.0.0/8,0.0.0.0/0,2001:db8::/32",
              TrafficSetting.EXCLUDE_OUTBOUND_RANGES, "192.0.2.7,2001:db8:0:0:1:0:0:1"));

  private Pods pods;

  @BeforeEach
  void makePod() throws Exception {
    pods = new Pods("capture");
  }

  @AfterEach
  void deletePod() throws Exception {
    pods.delete();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void theKernelHoldsWhatWasWritten(Backend backend) throws Exception {
    Capture capture = capture(backend);
    CaptureSettings settings =
        new CaptureSettings(
            15_006,
            15_001,
            OptionalInt.of(15_053),
            CaptureSettings.DEFAULT.mark(),
            Set.of(Family.values()),
            MUCH.inbound(),
            MUCH.outbound());
    Capture.Done done = capture.install(settings);
    assertThat(done.backend()).isEqualTo(backend);
    assertThat(done.families()).containsExactly(Family.IPV4, Family.IPV6);
    assertThat(capture.differences(settings)).isEmpty();
    assertThat(capture.differences(CaptureSettings.DEFAULT)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void installingTwiceIsInstallingOnce(Backend backend) throws Exception {
    Capture capture = capture(backend);
    capture.install(CaptureSettings.DEFAULT);
    String once = everything();
    capture.install(CaptureSettings.DEFAULT);
    assertThat(everything()).isEqualTo(once);
    capture.install(CaptureSettings.DEFAULT.withFamilies(Set.of(Family.IPV4)));
    assertThat(capture.differences(CaptureSettings.DEFAULT.withFamilies(Set.of(Family.IPV4))))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void removingLeavesWhatOthersWrote(Backend backend) throws Exception {
    pods.run("iptables-" + backend, "-t", "nat", "-A", "OUTPUT", "-p", "tcp", "-j", "RETURN");
    pods.run("ip6tables-" + backend, "-A", "INPUT", "-p", "tcp", "-j", "ACCEPT");
    capture(backend).install(CaptureSettings.DEFAULT);
    capture(backend).remove();
    assertThat(everything())
        .doesNotContain("HEDDLE")
        .doesNotContain("0x111")
        .contains("-A OUTPUT -p tcp -j RETURN")
        .contains("-A INPUT -p tcp -j ACCEPT");
    capture(backend).remove();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void theBackendThatIsInUseIsUsed(Backend backend) throws Exception {
    pods.run("iptables-" + backend, "-t", "nat", "-A", "OUTPUT", "-p", "tcp", "-j", "RETURN");
    Capture.Done done =
        new Capture(Netns.at(pods.path()), Optional.empty()).install(CaptureSettings.DEFAULT);
    assertThat(done.backend()).isEqualTo(backend);
  }

  @Test
  void rulesInTheOtherBackendAreTakenAway() throws Exception {
    capture(Backend.LEGACY).install(CaptureSettings.DEFAULT);
    capture(Backend.NFT).install(CaptureSettings.DEFAULT);
    assertThat(pods.run("iptables-legacy-save")).doesNotContain("HEDDLE");
    assertThat(capture(Backend.NFT).differences(CaptureSettings.DEFAULT)).isEmpty();
  }

  @Test
  void aPodWithoutIpv6IsCapturedInIpv4() throws Exception {
    disableIpv6("all");
    Capture.Done done = capture(Backend.NFT).install(CaptureSettings.DEFAULT);
    assertThat(done.families()).containsExactly(Family.IPV4);
    assertThat(pods.run("ip6tables-nft-save")).doesNotContain("HEDDLE");
    capture(Backend.NFT).remove();
  }

  @Test
  void whatIsRefusedHalfWayLeavesNothingBehind() throws Exception {
    // eth0 keeps IPv6, so the family is there, and routes over lo are refused
    disableIpv6("lo");
    Capture capture = capture(Backend.NFT);
    assertThatThrownBy(() -> capture.install(CaptureSettings.DEFAULT))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("ip -6 -batch");
    assertThat(everything()).doesNotContain("HEDDLE").doesNotContain("0x111");
  }

  private void disableIpv6(String device) throws Exception {
    pods.run("sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/" + device + "/disable_ipv6");
  }

  private Capture capture(Backend backend) {
    return new Capture(Netns.at(pods.path()), Optional.of(backend));
  }

  /** Rules of both backends and families, without counters and times. */
  private String everything() throws Exception {
    StringBuilder all = new StringBuilder();
    for (String command : new String[] {"iptables-nft-save", "ip6tables-nft-save"}) {
      all.append(pods.run(command));
    }
    for (String command : new String[] {"iptables-legacy-save", "ip6tables-legacy-save"}) {
      all.append(pods.run(command));
    }
    all.append(pods.run("ip", "-4", "rule")).append(pods.run("ip", "-6", "rule"));
    return all.toString().replaceAll("(?m)^#.*$", "").replaceAll("\\[\\d+:\\d+]", "");
  }
}
