package dev.heddle.init.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Texts for a kernel that holds rules already. */
final class RulesetChangesTest {

  @Test
  void jumpsThatAreThereAreNotAddedAgain() {
    String again =
        Ruleset.of(CaptureSettings.DEFAULT, Family.IPV4).restoreText(installed(Family.IPV4));
    assertThat(again).contains(":HEDDLE_OUTPUT - [0:0]").doesNotContain("-A OUTPUT");
  }

  @Test
  void whatSettingsNoLongerSayIsTakenAway() {
    CaptureSettings without = dns(CaptureSettings.DEFAULT, OptionalInt.empty());
    assertThat(Ruleset.of(without, Family.IPV4).restoreText(installed(Family.IPV4)))
        .startsWith(
            """
            *raw
            -D OUTPUT -j HEDDLE_OUTPUT
            -F HEDDLE_OUTPUT
            -X HEDDLE_OUTPUT
            COMMIT
            *mangle
            """);
  }

  @Test
  void takingEverythingAwayNamesNoRuleOfOthers() {
    assertThat(Ruleset.none().restoreText(installed(Family.IPV4)))
        .isEqualTo(
            """
            *raw
            -D OUTPUT -j HEDDLE_OUTPUT
            -F HEDDLE_OUTPUT
            -X HEDDLE_OUTPUT
            COMMIT
            *mangle
            -D OUTPUT -j HEDDLE_OUTPUT
            -F HEDDLE_OUTPUT
            -X HEDDLE_OUTPUT
            -D PREROUTING -j HEDDLE_PREROUTING
            -F HEDDLE_PREROUTING
            -X HEDDLE_PREROUTING
            COMMIT
            *nat
            -D OUTPUT -j HEDDLE_OUTPUT
            -F HEDDLE_OUTPUT
            -X HEDDLE_OUTPUT
            -D PREROUTING -j HEDDLE_PREROUTING
            -F HEDDLE_PREROUTING
            -X HEDDLE_PREROUTING
            COMMIT
            """);
    assertThat(Ruleset.none().restoreText(InstalledRules.NONE)).isEmpty();
  }

  @Test
  void aRuleThatIsMissingIsNamed() {
    Ruleset rules = Ruleset.of(CaptureSettings.DEFAULT, Family.IPV4);
    String saved = fresh(CaptureSettings.DEFAULT, Family.IPV4);
    String lacking = saved.replace("-A HEDDLE_OUTPUT -o lo -j RETURN\n", "");
    assertThat(rules.missing(InstalledRules.parse(lacking)))
        .contains("-t nat -A HEDDLE_OUTPUT -o lo -j RETURN");
    assertThat(rules.isInstalled(InstalledRules.parse(lacking))).isFalse();
  }

  /** What a kernel holds after the default rules, in the order of iptables-save. */
  private static InstalledRules installed(Family family) {
    return InstalledRules.parse(fresh(CaptureSettings.DEFAULT, family));
  }

  private static String fresh(CaptureSettings settings, Family family) {
    return Ruleset.of(settings, family).restoreText(InstalledRules.NONE);
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
}
