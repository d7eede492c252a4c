package dev.heddle.node.protocol;

import dev.heddle.policy.retry.RetryDecision;
import io.netty.handler.codec.http.HttpResponse;

/** The status of a gRPC call that came without a message: its trailers are then its headers. */
public final class GrpcStatus {

  private GrpcStatus() {}

  /** grpc-status of a head, {@link RetryDecision#NO_GRPC_STATUS} where it has none. */
  public static int of(HttpResponse response) {
    String status = response.headers().get("grpc-status");
    if (status == null || status.isEmpty() || status.length() > 2) {
      return RetryDecision.NO_GRPC_STATUS;
    }
    int number = 0;
    for (int i = 0; i < status.length(); i++) {
      int digit = status.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return RetryDecision.NO_GRPC_STATUS;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
