package dev.heddle.node.outbound;

import dev.heddle.node.protocol.HeaderEdits;
import dev.heddle.node.protocol.RequestTarget;
import dev.heddle.policy.call.Attempt;
import dev.heddle.policy.route.HeaderChange;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/** The heads that attempts send, made of the one that was received, which stays as it is. */
final class RequestHeads {

  private final HttpRequest received;
  private final RequestTarget target;
  private final String fallbackHost;

  /**
   * @param received without headers of its hop
   * @param fallbackHost the Host where the client named none
   */
  RequestHeads(HttpRequest received, RequestTarget target, String fallbackHost) {
    this.received = received;
    this.target = target;
    this.fallbackHost = fallbackHost;
  }

  HttpRequest of(Attempt attempt) {
    String authority = attempt.authority();
    return head(
        attempt.path(),
        authority == null ? target.authority() : authority,
        attempt.requestHeaders());
  }

  /** Of a request that no route decides on. */
  HttpRequest unchanged() {
    return head(target.path(), target.authority(), List.of());
  }

  /** Envoy: the host of a mirrored request gets the suffix -shadow. */
  HttpRequest mirror(Attempt attempt) {
    HttpRequest head = of(attempt);
    String host = head.headers().get(HttpHeaderNames.HOST);
    HttpRequest copy = copy(head.uri(), head);
    copy.headers().set(HttpHeaderNames.HOST, shadow(host));
    return copy;
  }

  private static String shadow(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon < 0 || authority.endsWith("]") // an IPv6 address without a port
        ? authority + "-shadow"
        : authority.substring(0, colon) + "-shadow" + authority.substring(colon);
  }

  private HttpRequest head(String path, String authority, List<HeaderChange> changes) {
    boolean connect = received.method().equals(HttpMethod.CONNECT);
    String host = authority.isEmpty() ? fallbackHost : authority;
    boolean same =
        changes.isEmpty()
            && (connect || received.uri().equals(path))
            && received.protocolVersion().equals(HttpVersion.HTTP_1_1)
            && host.equals(received.headers().get(HttpHeaderNames.HOST));
    if (same) {
      return received;
    }
    HttpRequest changed = copy(connect ? received.uri() : path, received);
    changed.headers().set(HttpHeaderNames.HOST, host);
    HeaderEdits.apply(changes, changed.headers());
    return changed;
  }

  private static HttpRequest copy(String uri, HttpRequest of) {
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, of.method(), uri, of.headers().copy());
  }
}
