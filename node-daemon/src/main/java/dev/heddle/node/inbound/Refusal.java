package dev.heddle.node.inbound;

import dev.heddle.node.protocol.GrpcReplies;
import dev.heddle.node.protocol.LocalReplies;
import dev.heddle.node.protocol.RequestTarget;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

/**
 * The answer to a request that is not let in: the agent's, which is that of Envoy's RBAC filter.
 */
enum Refusal {
  /** Policies do not let it in. */
  DENIED(403, "rbac_access_denied", "RBAC: access denied"),
  /** The policies of its workload cannot be used, and none of before is in force. */
  UNDECIDED(403, "rbac_undecided", "RBAC: access denied"),
  /** No rule believes its tokens. */
  UNAUTHENTICATED(401, "jwt_authn_access_denied", "Jwt verification fails"),
  /** It was let in, and the app took no connection. */
  UNREACHABLE(503, "app_unreachable", "the app takes no connection");

  private static final String INVALID_TOKEN = "\", error=\"invalid_token\"";

  private final int status;
  private final String reason;
  private final String body;

  Refusal(int status, String reason, String body) {
    this.status = status;
    this.reason = reason;
    this.body = body;
  }

  /** The response, to a request that reads it as one of its kind. */
  FullHttpResponse response(HttpRequest request, RequestTarget target) {
    FullHttpResponse response = response();
    if (this == UNAUTHENTICATED) {
      response
          .headers()
          .set(
              HttpHeaderNames.WWW_AUTHENTICATE,
              "Bearer realm=\"" + realm(target.authority()) + INVALID_TOKEN);
    }
    return GrpcReplies.fit(response, request);
  }

  /** The response to a request of which no more is known. */
  FullHttpResponse response() {
    return LocalReplies.of(status, reason, body);
  }

  /** The host that was called, as far as it can stand in a header (RFC 9110 section 11.6.1). */
  private static String realm(String authority) {
    StringBuilder realm = new StringBuilder();
    for (int i = 0; i < authority.length(); i++) {
      char c = authority.charAt(i);
      if (c > ' ' && c < 0x7F && c != '"' && c != '\\') {
        realm.append(c);
      }
    }
    return realm.toString();
  }
}
