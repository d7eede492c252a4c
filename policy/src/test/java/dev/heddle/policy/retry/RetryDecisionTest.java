package dev.heddle.policy.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.retry.RetryPolicy.Condition;
import java.util.Collections;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDecisionTest {

  private static RetryPolicy on(Condition condition) {
    return RetryPolicy.builder().attempts(1).retryOn(EnumSet.of(condition)).build();
  }

  @ParameterizedTest
  @CsvSource({
    "SERVER_ERROR, 500, true",
    "SERVER_ERROR, 599, true",
    "SERVER_ERROR, 404, false",
    "GATEWAY_ERROR, 500, false",
    "GATEWAY_ERROR, 502, true",
    "GATEWAY_ERROR, 504, true",
    "GATEWAY_ERROR, 505, false",
    "RETRIABLE_4XX, 409, true",
    "RETRIABLE_4XX, 429, false",
    "CONNECT_FAILURE, 503, false",
    "RESET, 503, false",
  })
  void aResponseIsRetriedByItsStatus(Condition condition, int status, boolean retried) {
    assertThat(RetryDecision.onResponse(on(condition), status, RetryDecision.NO_GRPC_STATUS))
        .isEqualTo(retried);
  }

  @ParameterizedTest
  @CsvSource({
    "CANCELLED, 1, true",
    "DEADLINE_EXCEEDED, 4, true",
    "RESOURCE_EXHAUSTED, 8, true",
    "INTERNAL, 13, true",
    "UNAVAILABLE, 14, true",
    "UNAVAILABLE, 13, false",
    "SERVER_ERROR, 14, false",
  })
  void aResponseIsRetriedByItsGrpcStatus(Condition condition, int grpcStatus, boolean retried) {
    assertThat(RetryDecision.onResponse(on(condition), 200, grpcStatus)).isEqualTo(retried);
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT_FAILURE, CONNECT_FAILED, true",
    "CONNECT_FAILURE, RESET, false",
    "REFUSED_STREAM, REFUSED, true",
    "REFUSED_STREAM, CONNECT_FAILED, false",
    "RESET, CONNECT_FAILED, true",
    "RESET, RESET, true",
    "RESET, TIMED_OUT, true",
    "RESET_BEFORE_REQUEST, CONNECT_FAILED, true",
    "RESET_BEFORE_REQUEST, RESET, false",
    "SERVER_ERROR, RESET, true",
    "GATEWAY_ERROR, TIMED_OUT, true",
    "UNAVAILABLE, RESET, false",
  })
  void anAttemptWithoutAResponseIsRetriedByHowItEnded(
      Condition condition, Outcome outcome, boolean retried) {
    assertThat(RetryDecision.onFailure(on(condition), outcome)).isEqualTo(retried);
  }

  @Test
  void statusesNamedByNumberAreRetried() {
    RetryPolicy policy =
        RetryPolicy.builder().attempts(1).statusCodes(Collections.singletonList(418)).build();
    assertThat(RetryDecision.onResponse(policy, 418, -1)).isTrue();
    assertThat(RetryDecision.onResponse(policy, 503, -1)).isFalse();
  }

  @Test
  void whereNoRuleStandsTwoRetriesCoverWhatNeverReachedTheService() {
    assertThat(RetryPolicy.DEFAULT.attempts()).isEqualTo(2);
    assertThat(RetryDecision.onFailure(RetryPolicy.DEFAULT, Outcome.CONNECT_FAILED)).isTrue();
    assertThat(RetryDecision.onFailure(RetryPolicy.DEFAULT, Outcome.REFUSED)).isTrue();
    assertThat(RetryDecision.onFailure(RetryPolicy.DEFAULT, Outcome.RESET)).isFalse();
    assertThat(RetryDecision.onResponse(RetryPolicy.DEFAULT, 503, -1)).isFalse();
    assertThat(RetryDecision.onResponse(RetryPolicy.DEFAULT, 200, 14)).isTrue();
  }
}
