package dev.heddle.policy.retry;

import dev.heddle.policy.retry.RetryPolicy.Condition;
import java.util.Set;

/** Whether a failed attempt is of a kind that a policy retries: Envoy's x-envoy-retry-on. */
public final class RetryDecision {

  /** No gRPC status came with the response. */
  public static final int NO_GRPC_STATUS = -1;

  private static final int CANCELLED = 1;
  private static final int DEADLINE_EXCEEDED = 4;
  private static final int RESOURCE_EXHAUSTED = 8;
  private static final int INTERNAL = 13;
  private static final int UNAVAILABLE = 14;

  private RetryDecision() {}

  /** Whether a response with these statuses is retried. */
  public static boolean onResponse(RetryPolicy policy, int status, int grpcStatus) {
    Set<Condition> on = policy.retryOn();
    if (status >= 500 && on.contains(Condition.SERVER_ERROR)) {
      return true;
    }
    if (status >= 502 && status <= 504 && on.contains(Condition.GATEWAY_ERROR)) {
      return true;
    }
    if (status == 409 && on.contains(Condition.RETRIABLE_4XX)) {
      return true;
    }
    return policy.statusCodes().contains(status) || onGrpcStatus(on, grpcStatus);
  }

  private static boolean onGrpcStatus(Set<Condition> on, int grpcStatus) {
    switch (grpcStatus) {
      case CANCELLED:
        return on.contains(Condition.CANCELLED);
      case DEADLINE_EXCEEDED:
        return on.contains(Condition.DEADLINE_EXCEEDED);
      case RESOURCE_EXHAUSTED:
        return on.contains(Condition.RESOURCE_EXHAUSTED);
      case INTERNAL:
        return on.contains(Condition.INTERNAL);
      case UNAVAILABLE:
        return on.contains(Condition.UNAVAILABLE);
      default:
        return false;
    }
  }

  /** Whether an attempt without a response is retried. */
  public static boolean onFailure(RetryPolicy policy, Outcome outcome) {
    Set<Condition> on = policy.retryOn();
    if (on.contains(Condition.SERVER_ERROR) || on.contains(Condition.GATEWAY_ERROR)) {
      return true;
    }
    switch (outcome) {
      case CONNECT_FAILED:
        return on.contains(Condition.CONNECT_FAILURE)
            || on.contains(Condition.RESET)
            || on.contains(Condition.RESET_BEFORE_REQUEST);
      case REFUSED:
        return on.contains(Condition.REFUSED_STREAM) || on.contains(Condition.RESET);
      case RESET:
      case TIMED_OUT:
        return on.contains(Condition.RESET);
    }
    return false;
  }
}
