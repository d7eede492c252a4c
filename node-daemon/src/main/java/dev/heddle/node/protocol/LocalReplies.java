package dev.heddle.node.protocol;

import dev.heddle.policy.call.LocalReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Answers of the mesh itself; the same bytes of meaning that an app gets of its agent. */
public final class LocalReplies {

  private static final String TEXT = "text/plain; charset=utf-8";

  private LocalReplies() {}

  /** Of a call. */
  public static FullHttpResponse of(LocalReply reply) {
    return of(reply.status(), reply.reason(), reply.body(), reply.headers());
  }

  /** Of the daemon: why a request gets no answer of the service. */
  public static FullHttpResponse of(int status, String reason, String body) {
    return of(status, reason, body, Map.of());
  }

  private static FullHttpResponse of(
      int status, String reason, String body, Map<String, String> headers) {
    ByteBuf text =
        body.isEmpty()
            ? Unpooled.EMPTY_BUFFER
            : Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8));
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), text);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, TEXT);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, text.readableBytes());
    response.headers().set(LocalReply.REASON_HEADER, reason);
    headers.forEach((name, value) -> response.headers().set(name, value));
    return response;
  }
}
