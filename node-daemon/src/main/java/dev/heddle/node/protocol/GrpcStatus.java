package dev.heddle.node.protocol;

import dev.heddle.policy.retry.RetryDecision;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;

/** The status of a gRPC call: in its trailers, which are its headers where it has no message. */
public final class GrpcStatus {

  private static final String TYPE = "application/grpc";

  private GrpcStatus() {}

  /** Whether the status comes behind the messages of a response. */
  public static boolean isFollowing(HttpResponse response) {
    String type = response.headers().get(HttpHeaderNames.CONTENT_TYPE);
    return type != null && type.regionMatches(true, 0, TYPE, 0, TYPE.length());
  }

  /**
   * grpc-status of a head or of trailers, {@link RetryDecision#NO_GRPC_STATUS} where it has none.
   */
  public static int of(HttpHeaders headers) {
    String status = headers.get("grpc-status");
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
