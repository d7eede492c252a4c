package dev.heddle.node.protocol;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;

/** Messages that HTTP/2 brings in one piece, as the head and the end that HTTP/1.1 has. */
public final class Parts {

  private Parts() {}

  /** The head alone. */
  public static HttpRequest head(HttpRequest request) {
    return request instanceof FullHttpMessage
        ? new DefaultHttpRequest(
            request.protocolVersion(), request.method(), request.uri(), request.headers())
        : request;
  }

  /** The head alone. */
  public static HttpResponse head(HttpResponse response) {
    return response instanceof FullHttpMessage
        ? new DefaultHttpResponse(response.protocolVersion(), response.status(), response.headers())
        : response;
  }

  /** A message that is its head alone: a 1xx, or the answer that ends HTTP. */
  public static FullHttpResponse withoutBody(HttpResponse response) {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        response.status(),
        Unpooled.EMPTY_BUFFER,
        response.headers(),
        EmptyHttpHeaders.INSTANCE);
  }

  /** What is behind the head; takes the message's content over. */
  public static LastHttpContent end(FullHttpMessage message) {
    if (!message.content().isReadable() && message.trailingHeaders().isEmpty()) {
      message.release();
      return LastHttpContent.EMPTY_LAST_CONTENT;
    }
    DefaultLastHttpContent end = new DefaultLastHttpContent(message.content());
    end.trailingHeaders().set(message.trailingHeaders());
    return end;
  }
}
