package dev.heddle.control.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a status should say, and whether it does. */
class RuleVerdictTest {

  private static RuleVerdict verdict(
      List<String> errors, List<String> warnings, boolean earlier, List<Map<String, Object>> seen) {
    return new RuleVerdict(
        "networking.istio.io/v1",
        "VirtualService",
        "virtualservices",
        "shop",
        "reviews",
        3,
        errors,
        warnings,
        earlier,
        seen);
  }

  private static Map<String, Object> condition(
      String type, String status, String reason, String message, int generation) {
    return Map.of(
        "type", type,
        "status", status,
        "reason", reason,
        "message", message,
        "observedGeneration", generation);
  }

  private static List<Map<String, Object>> good(int generation) {
    return List.of(
        condition("Accepted", "True", "Valid", "", generation),
        condition("Reconciled", "True", "InForce", "", generation));
  }

  @Test
  void aGoodRuleIsAcceptedAndInForce() {
    assertThat(verdict(List.of(), List.of(), true, List.of()).conditions().toString())
        .contains("Accepted, status=true, reason=Valid", "Reconciled, status=true, reason=InForce");
  }

  @Test
  void fieldsThatAreNotHonouredAreNamed() {
    assertThat(
            verdict(List.of(), List.of("spec.tcp is not honoured"), true, List.of())
                .conditions()
                .toString())
        .contains("status=true, reason=PartlySupported, message=spec.tcp is not honoured");
  }

  @Test
  void aRefusedRuleSaysWhatHoldsInstead() {
    assertThat(verdict(List.of("spec.http is bad"), List.of(), true, List.of()).conditions())
        .hasToString(
            "[Condition[type=Accepted, status=false, reason=Invalid, message=spec.http is bad],"
                + " Condition[type=Reconciled, status=false, reason=EarlierVersionInForce,"
                + " message=the last version that was accepted holds]]");
    assertThat(verdict(List.of("bad"), List.of(), false, List.of()).conditions().get(1).toString())
        .contains("NotInForce");
  }

  @Test
  void whatIsThereAlreadyIsNotToldAgain() {
    assertThat(verdict(List.of(), List.of(), true, good(3)).isTold()).isTrue();
    assertThat(verdict(List.of(), List.of(), true, good(2)).isTold()).isFalse();
    assertThat(verdict(List.of("bad"), List.of(), true, good(3)).isTold()).isFalse();
    assertThat(verdict(List.of(), List.of(), true, List.of()).isTold()).isFalse();
  }

  @Test
  void aMessageIsCut() {
    List<String> errors = List.of("x".repeat(5_000));
    assertThat(verdict(errors, List.of(), true, List.of()).conditions().getFirst().message())
        .hasSizeLessThanOrEqualTo(1_024);
  }
}
