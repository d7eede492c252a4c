package dev.heddle.control.index;

import dev.heddle.policy.retry.RetryPolicy;
import dev.heddle.policy.retry.RetryPolicy.Condition;
import dev.heddle.rules.virtualservice.RetryRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Istio {@code HTTPRetry} with its defaults; conditions by the names of Envoy's x-envoy-retry-on.
 */
final class Retries {

  private static final Map<String, Condition> CONDITIONS =
      Map.ofEntries(
          Map.entry("connect-failure", Condition.CONNECT_FAILURE),
          Map.entry("refused-stream", Condition.REFUSED_STREAM),
          Map.entry("unavailable", Condition.UNAVAILABLE),
          Map.entry("cancelled", Condition.CANCELLED),
          Map.entry("reset", Condition.RESET),
          Map.entry("reset-before-request", Condition.RESET_BEFORE_REQUEST),
          Map.entry("gateway-error", Condition.GATEWAY_ERROR),
          Map.entry("5xx", Condition.SERVER_ERROR),
          Map.entry("retriable-4xx", Condition.RETRIABLE_4XX),
          Map.entry("retriable-status-codes", Condition.RETRIABLE_STATUS_CODES),
          Map.entry("deadline-exceeded", Condition.DEADLINE_EXCEEDED),
          Map.entry("internal", Condition.INTERNAL),
          Map.entry("resource-exhausted", Condition.RESOURCE_EXHAUSTED));

  private Retries() {}

  static RetryPolicy of(@Nullable RetryRule rule) {
    if (rule == null) {
      return RetryPolicy.DEFAULT;
    }
    RetryPolicy.Builder policy = RetryPolicy.DEFAULT.toBuilder();
    policy.attempts(attempts(rule));
    if (rule.perTryTimeout() != null) {
      policy.perTryTimeoutNanos(rule.perTryTimeout().nanos());
    }
    if (rule.backoff() != null) {
      policy.backoffNanos(rule.backoff().nanos());
    }
    if (rule.retryIgnorePreviousHosts() != null) {
      policy.ignorePreviousHosts(rule.retryIgnorePreviousHosts());
    }
    if (rule.retryRemoteLocalities() != null) {
      policy.retryRemoteLocalities(rule.retryRemoteLocalities());
    }
    if (rule.retryOn() != null && !rule.retryOn().isBlank()) {
      conditions(rule.retryOn(), policy);
    }
    return policy.build();
  }

  /** Istio's attempts has no presence: absent is 0, which turns retries off. */
  private static int attempts(RetryRule rule) {
    int attempts = rule.attempts() == null ? 0 : rule.attempts();
    boolean detailed =
        rule.perTryTimeout() != null
            || rule.retryOn() != null
            || rule.retryRemoteLocalities() != null;
    if (attempts == 0 && detailed) {
      throw new IllegalArgumentException(
          "retries: attempts is 0 or absent although other fields are set (expected: attempts >= 1)");
    }
    return attempts;
  }

  private static void conditions(String retryOn, RetryPolicy.Builder policy) {
    Set<Condition> conditions = EnumSet.noneOf(Condition.class);
    List<Integer> codes = new ArrayList<>();
    for (String word : retryOn.split(",", -1)) {
      Condition condition = CONDITIONS.get(word.trim());
      if (condition != null) {
        conditions.add(condition);
      } else if (word.trim().matches("[1-5]\\d\\d")) {
        codes.add(Integer.valueOf(word.trim()));
      } else {
        throw new IllegalArgumentException(
            "retries.retryOn: \""
                + word.trim()
                + "\" (expected: a status code or one of "
                + CONDITIONS.keySet().stream().sorted().toList()
                + ")");
      }
    }
    policy.retryOn(Collections.unmodifiableSet(conditions)).statusCodes(List.copyOf(codes));
  }
}
