package dev.heddle.node.outbound;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** How a client of HTTP/1 learns where a body ends: RFC 9112 6.3. */
final class Framing {

  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private Framing() {}

  /**
   * Says it in the head of a response; false where nothing but the end of the connection can.
   *
   * @param version of the request
   * @param toHead whether it was a HEAD
   */
  static boolean frame(HttpResponse response, HttpVersion version, boolean toHead) {
    int status = response.status().code();
    boolean chunked = HttpUtil.isTransferEncodingChunked(response);
    boolean bodiless = toHead || status == NO_CONTENT || status == NOT_MODIFIED;
    if (bodiless || (!chunked && response.headers().contains(HttpHeaderNames.CONTENT_LENGTH))) {
      return true;
    }
    if (version.equals(HttpVersion.HTTP_1_0)) {
      response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
      return false;
    }
    if (!chunked) {
      response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    return true;
  }
}
