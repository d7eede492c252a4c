package dev.heddle.control.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.retry.RetryPolicy;
import dev.heddle.rules.GoDuration;
import dev.heddle.rules.virtualservice.RetryRule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetriesTest {

  private static RetryRule rule(@Nullable Integer attempts, @Nullable String retryOn) {
    return new RetryRule(attempts, null, retryOn, null, null, null);
  }

  @Test
  void withoutARuleTheDefaultHolds() {
    assertThat(Retries.of(null)).isEqualTo(RetryPolicy.DEFAULT);
  }

  @Test
  void zeroAttemptsTurnRetriesOff() {
    assertThat(Retries.of(rule(0, null)).attempts()).isZero();
    assertThat(Retries.of(rule(null, null)).attempts()).isZero();
  }

  @Test
  void attemptsAloneKeepTheDefaultConditions() {
    RetryPolicy policy = Retries.of(rule(4, null));

    assertThat(policy.attempts()).isEqualTo(4);
    assertThat(policy.retryOn()).isEqualTo(RetryPolicy.DEFAULT.retryOn());
  }

  @Test
  void statusCodesStandBesideConditions() {
    RetryPolicy policy = Retries.of(rule(1, "gateway-error, 418,connect-failure"));

    assertThat(policy.statusCodes()).containsExactly(418);
    assertThat(policy.retryOn())
        .containsExactly(
            RetryPolicy.Condition.CONNECT_FAILURE, RetryPolicy.Condition.GATEWAY_ERROR);
  }

  @Test
  void anUnknownConditionIsNamed() {
    assertThatThrownBy(() -> Retries.of(rule(1, "5xx,often")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"often\"")
        .hasMessageContaining("connect-failure");
  }

  @Test
  void settingsOfRetriesThatAreOffAreRefusedAsIstioRefusesThem() {
    RetryRule rule = new RetryRule(null, GoDuration.parse("1s"), null, null, null, null);

    assertThatThrownBy(() -> Retries.of(rule)).hasMessageContaining("attempts is 0 or absent");
  }
}
