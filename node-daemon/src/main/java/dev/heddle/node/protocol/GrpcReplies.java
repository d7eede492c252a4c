package dev.heddle.node.protocol;

import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Answers of the mesh itself as callers of gRPC read them: trailers alone behind a 200, as Envoy's
 * local replies are.
 */
public final class GrpcReplies {

  private static final String GRPC = "application/grpc";
  private static final String STATUS = "grpc-status";
  private static final String MESSAGE = "grpc-message";

  private GrpcReplies() {}

  /** The answer to this request: itself, or what a call of gRPC gets in its place. */
  public static FullHttpResponse fit(FullHttpResponse reply, HttpRequest request) {
    if (!isGrpc(request)) {
      return reply;
    }
    FullHttpResponse trailers =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
    trailers.headers().set(reply.headers());
    trailers.headers().set(HttpHeaderNames.CONTENT_TYPE, GRPC);
    trailers.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
    trailers.headers().set(STATUS, status(reply.status().code()));
    trailers.headers().set(MESSAGE, encoded(reply.content().toString(StandardCharsets.UTF_8)));
    reply.release();
    return trailers;
  }

  /** Envoy's test: application/grpc and what follows it by + or ;. gRPC-Web is another protocol. */
  static boolean isGrpc(HttpRequest request) {
    String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith(GRPC)) {
      return false;
    }
    return type.length() == GRPC.length()
        || type.charAt(GRPC.length()) == '+'
        || type.charAt(GRPC.length()) == ';';
  }

  /** gRPC's table of HTTP statuses (grpc/doc/http-grpc-status-mapping.md). */
  private static int status(int http) {
    return switch (http) {
      case 400 -> 13; // INTERNAL
      case 401 -> 16; // UNAUTHENTICATED
      case 403 -> 7; // PERMISSION_DENIED
      case 404 -> 12; // UNIMPLEMENTED
      case 429, 502, 503, 504 -> 14; // UNAVAILABLE
      default -> 2; // UNKNOWN
    };
  }

  /** gRPC over HTTP/2: all but printable ASCII, and the sign itself, as % and two digits. */
  private static String encoded(String message) {
    StringBuilder text = new StringBuilder(message.length());
    for (byte next : message.getBytes(StandardCharsets.UTF_8)) {
      if (next < ' ' || next > '~' || next == '%') {
        text.append('%').append(String.format(Locale.ROOT, "%02X", next & 0xFF));
      } else {
        text.append((char) next);
      }
    }
    return text.toString();
  }
}
