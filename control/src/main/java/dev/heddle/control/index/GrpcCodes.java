package dev.heddle.control.index;

import java.util.List;

/** gRPC status codes by name or number, as {@code abort.grpcStatus} takes them. */
final class GrpcCodes {

  private static final List<String> NAMES =
      List.of(
          "OK",
          "CANCELLED",
          "UNKNOWN",
          "INVALID_ARGUMENT",
          "DEADLINE_EXCEEDED",
          "NOT_FOUND",
          "ALREADY_EXISTS",
          "PERMISSION_DENIED",
          "RESOURCE_EXHAUSTED",
          "FAILED_PRECONDITION",
          "ABORTED",
          "OUT_OF_RANGE",
          "UNIMPLEMENTED",
          "INTERNAL",
          "UNAVAILABLE",
          "DATA_LOSS",
          "UNAUTHENTICATED");

  private GrpcCodes() {}

  static int number(String status) {
    int named = NAMES.indexOf(status);
    if (named >= 0) {
      return named;
    }
    if (status.matches("\\d{1,2}") && Integer.parseInt(status) < NAMES.size()) {
      return Integer.parseInt(status);
    }
    throw new IllegalArgumentException(
        "fault.abort.grpcStatus: \"" + status + "\" (expected: 0 to 16 or one of " + NAMES + ")");
  }
}
