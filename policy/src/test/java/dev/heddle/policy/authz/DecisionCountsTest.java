package dev.heddle.policy.authz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DecisionCountsTest {

  private static Decision denied(String policy) {
    return Decision.of(
        AuthorizationPolicy.of(
            policy, AuthorizationPolicy.Action.DENY, false, Collections.emptyList()),
        0);
  }

  @Test
  void rulesBeyondTheLimitAreCountedTogetherAndNoneIsLost() {
    DecisionCounts counts = new DecisionCounts(2);
    for (String policy : new String[] {"ns/a", "ns/b", "ns/c", "ns/d", "ns/a"}) {
      counts.increment(denied(policy));
    }

    Map<String, Long> seen = new TreeMap<>();
    counts.forEach((decision, count) -> seen.put(decision.policy() + decision.rule(), count));

    assertThat(seen).containsOnly(entry("ns/a0", 2L), entry("ns/b0", 1L), entry("others-1", 2L));
  }

  @Test
  void aLineHoldsNoQueryNoControlsAndNoMoreThanAnybodyReads() {
    assertThat(LoggedText.path("/a?token=secret")).isEqualTo("/a");
    assertThat(LoggedText.printable("G\r\n T\u00e4")).isEqualTo("G???T?");
    assertThat(LoggedText.printable(new String(new char[300]).replace('\0', 'x')))
        .hasSize(203)
        .endsWith("x...");
  }
}
