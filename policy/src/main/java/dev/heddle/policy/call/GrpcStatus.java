package dev.heddle.policy.call;

/** What a gRPC status means to outlier detection, as Envoy's Grpc::Utility::grpcToHttpStatus. */
final class GrpcStatus {

  private GrpcStatus() {}

  /** The HTTP status that stands for both; a failed HTTP status outweighs gRPC's. */
  static int toHttp(int httpStatus, int grpcStatus) {
    if (httpStatus != 200) {
      return httpStatus;
    }
    switch (grpcStatus) {
      case 2: // UNKNOWN
      case 13: // INTERNAL
      case 15: // DATA_LOSS
        return 500;
      case 4: // DEADLINE_EXCEEDED
        return 504;
      case 12: // UNIMPLEMENTED
        return 501;
      case 14: // UNAVAILABLE
        return 503;
      default:
        return httpStatus;
    }
  }
}
