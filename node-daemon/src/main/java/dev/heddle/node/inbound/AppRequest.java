package dev.heddle.node.inbound;

import dev.heddle.node.protocol.HopHeaders;
import dev.heddle.node.protocol.RequestTarget;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;

/** Makes of a request that was let in what its app is to see, whatever carried it. */
final class AppRequest {

  private static final String HTTP2_SETTINGS = "http2-settings";

  private AppRequest() {}

  /** One authority, nothing of the client's hop, and who calls. */
  static void prepare(HttpRequest request, RequestTarget target, ClientCertificate certificate) {
    if (!request.method().equals(HttpMethod.CONNECT)) {
      request.setUri(target.path());
    }
    if (!target.authority().isEmpty()) {
      request.headers().set(HttpHeaderNames.HOST, target.authority());
    }
    HopHeaders.remove(request);
    dropUpgrade(request.headers());
    certificate.put(request.headers());
  }

  /** Whether its answer may make the connection one of another protocol. */
  static boolean mayLeaveHttp(HttpRequest request) {
    return request.method().equals(HttpMethod.CONNECT)
        || request.headers().contains(HttpHeaderNames.UPGRADE);
  }

  /**
   * To WebSocket alone, as Istio configures Envoy: over h2c the next requests would come to the app
   * unread. A server may ignore the wish for another protocol, RFC 9110 7.8.
   */
  private static void dropUpgrade(HttpHeaders headers) {
    headers.remove(HTTP2_SETTINGS);
    boolean wished = headers.contains(HttpHeaderNames.UPGRADE);
    boolean known =
        headers.getAll(HttpHeaderNames.UPGRADE).size() == 1
            && HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(
                headers.get(HttpHeaderNames.UPGRADE));
    if (wished && !known) {
      headers.remove(HttpHeaderNames.UPGRADE);
      headers.remove(HttpHeaderNames.CONNECTION);
    }
  }
}
