package dev.heddle.policy.call;

import dev.heddle.policy.fault.Fault;
import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.route.DirectResponse;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.QueryParameters;
import dev.heddle.policy.route.Redirect;
import dev.heddle.policy.snapshot.Cluster;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers that routes give by themselves, as Envoy gives them. */
final class Replies {

  private Replies() {}

  static LocalReply noRoute(CallRequest request) {
    return LocalReply.of(
        404, LocalReply.ROUTE_NOT_FOUND, "no route of " + request.authority() + " matches");
  }

  static LocalReply noDestination(HttpRoute route) {
    return LocalReply.of(
        503,
        LocalReply.NO_HEALTHY_UPSTREAM,
        "route \"" + route.name() + "\" has no destination (expected: at least 1)");
  }

  static LocalReply noHealthyUpstream(Cluster cluster) {
    return LocalReply.of(
        503, LocalReply.NO_HEALTHY_UPSTREAM, "no healthy endpoint of " + describe(cluster));
  }

  static LocalReply overflow(Cluster cluster) {
    return LocalReply.of(
        503,
        LocalReply.UPSTREAM_OVERFLOW,
        "too many calls under way to "
            + describe(cluster)
            + " (expected: at most "
            + cluster.connectionPool().maxCalls()
            + ")");
  }

  static LocalReply timeout() {
    return LocalReply.of(504, LocalReply.REQUEST_TIMEOUT, "upstream request timeout");
  }

  static LocalReply attemptTimeout() {
    return LocalReply.of(504, LocalReply.PER_TRY_TIMEOUT, "upstream request timeout of one try");
  }

  private static String describe(Cluster cluster) {
    String subset = cluster.destination().subset();
    return cluster.destination().host()
        + ":"
        + cluster.destination().port()
        + (subset.isEmpty() ? "" : " subset " + subset);
  }

  static LocalReply redirect(Redirect redirect, CallRequest request) {
    String authority = redirect.authority() == null ? request.authority() : redirect.authority();
    String scheme = redirect.scheme() == null ? request.scheme() : redirect.scheme();
    String location =
        scheme
            + "://"
            + withPort(redirect, authority, scheme, request)
            + target(redirect.uri(), request.path());
    return LocalReply.of(
        redirect.code(),
        LocalReply.REDIRECT,
        "redirected to " + location,
        Collections.singletonMap("location", location));
  }

  /** A new path with a query of its own keeps that, else it gets the request's: Envoy's rule. */
  private static String target(@Nullable String uri, String path) {
    if (uri == null) {
      return path;
    }
    return uri.indexOf('?') >= 0 ? uri : uri + path.substring(QueryParameters.pathEnd(path));
  }

  private static String withPort(
      Redirect redirect, String authority, String scheme, CallRequest request) {
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon >= 0 && colon > authority.lastIndexOf(']');
    String host = hasPort ? authority.substring(0, colon) : authority;
    switch (redirect.portSource()) {
      case FIXED:
        return withPort(host, redirect.port(), scheme);
      case PROTOCOL_DEFAULT:
        return host;
      case FROM_REQUEST:
        return withPort(host, request.port(), scheme);
      case UNCHANGED:
        // A port that only stood for the old scheme goes with it.
        boolean standard =
            authority.endsWith(":" + standardPort(request.scheme()))
                && redirect.authority() == null
                && redirect.scheme() != null;
        return standard ? host : authority;
    }
    return authority;
  }

  private static String withPort(String host, int port, String scheme) {
    return port == standardPort(scheme) ? host : host + ":" + port;
  }

  private static int standardPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
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
