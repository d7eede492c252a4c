package dev.heddle.node.inbound;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What HTTP/2 asks of requests beside what all do: RFC 9113 8.3.1. */
final class Http2Rules {

  private Http2Rules() {}

  /** What is wrong with a request; null: nothing, and it has one Host. */
  static @Nullable String problem(HttpRequest request) {
    if (request.method().equals(HttpMethod.CONNECT)) {
      return "CONNECT over HTTP/2 (expected: over HTTP/1.1)";
    }
    if (!request.uri().startsWith("/") && !request.uri().equals("*")) {
      return "request has a :path that is none (expected: a path, as /orders)";
    }
    mergeHosts(request.headers());
    return null;
  }

  /** A Host beside the authority may only repeat it; RequestRules refuses two. */
  private static void mergeHosts(HttpHeaders headers) {
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    if (hosts.size() == 2 && hosts.get(0).equalsIgnoreCase(hosts.get(1))) {
      headers.set(HttpHeaderNames.HOST, hosts.get(0));
    }
  }
}
