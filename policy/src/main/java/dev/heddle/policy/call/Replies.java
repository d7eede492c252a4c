package dev.heddle.policy.call;

import dev.heddle.policy.fault.Fault;
import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.route.DirectResponse;
import dev.heddle.policy.route.QueryParameters;
import dev.heddle.policy.route.Redirect;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answers that routes give by themselves, with Envoy's texts. */
final class Replies {

  private Replies() {}

  static LocalReply redirect(Redirect redirect, CallRequest request) {
    String path = request.path();
    String authority = redirect.authority() == null ? request.authority() : redirect.authority();
    String scheme = redirect.scheme() == null ? request.scheme() : redirect.scheme();
    String target =
        redirect.uri() == null
            ? path
            : redirect.uri() + path.substring(QueryParameters.pathEnd(path));
    String location = scheme + "://" + withPort(redirect, authority, scheme, request) + target;
    return LocalReply.of(
        redirect.code(), LocalReply.REDIRECT, "", Collections.singletonMap("location", location));
  }

  private static String withPort(
      Redirect redirect, String authority, String scheme, CallRequest request) {
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']') && colon >= 0;
    String host = hasPort ? authority.substring(0, colon) : authority;
    int standard = scheme.equals("https") ? 443 : 80;
    switch (redirect.portSource()) {
      case FIXED:
        return redirect.port() == standard ? host : host + ":" + redirect.port();
      case PROTOCOL_DEFAULT:
        return host;
      case FROM_REQUEST:
        return request.port() == standard ? host : host + ":" + request.port();
      case UNCHANGED:
        return redirect.scheme() == null || redirect.authority() != null ? authority : host;
    }
    return authority;
  }

  static LocalReply direct(DirectResponse response) {
    return LocalReply.of(response.status(), LocalReply.DIRECT_RESPONSE, response.body());
  }

  /**
   * An abort with a gRPC status is a 200 that carries it, as gRPC has it for replies without body.
   */
  static LocalReply abort(Fault fault) {
    if (fault.abortGrpcStatus() < 0) {
      return LocalReply.of(fault.abortStatus(), LocalReply.FAULT_ABORT, "fault filter abort");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/grpc");
    headers.put("grpc-status", Integer.toString(fault.abortGrpcStatus()));
    headers.put("grpc-message", "fault filter abort");
    return LocalReply.of(200, LocalReply.FAULT_ABORT, "", Collections.unmodifiableMap(headers));
  }
}
