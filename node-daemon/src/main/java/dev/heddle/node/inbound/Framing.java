package dev.heddle.node.inbound;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;

/** How a client learns where a body ends: RFC 9112 6.3. */
final class Framing {

  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private Framing() {}

  /** Whether a response ends by itself; one that does not is ended by the end of the connection. */
  static boolean endsWith(HttpResponse response, boolean toHead) {
    int status = response.status().code();
    return toHead
        || status == NO_CONTENT
        || status == NOT_MODIFIED
        || HttpUtil.isTransferEncodingChunked(response)
        || response.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
  }
}
