package dev.heddle.node.protocol;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Where a request goes and what it asks for: RFC 9112 3.2, in any of its forms.
 *
 * @param authority as the client wrote it; empty where HTTP/1.0 names none
 * @param path with its query; {@code *} of OPTIONS is kept, CONNECT has {@code /}
 */
public record RequestTarget(String authority, String path) {

  private static final String SCHEME = "http://";

  /** Reads it of a request that {@link RequestRules} let pass. */
  public static RequestTarget of(HttpRequest request) {
    String uri = request.uri();
    if (request.method().equals(HttpMethod.CONNECT)) {
      return new RequestTarget(uri, "/");
    }
    if (isAbsolute(uri)) { // the authority of the target outranks the Host header: RFC 9112 3.2.2
      int end = authorityEnd(uri);
      String path = uri.substring(end);
      return new RequestTarget(
          uri.substring(SCHEME.length(), end), path.startsWith("/") ? path : "/" + path);
    }
    String host = request.headers().get(HttpHeaderNames.HOST);
    return new RequestTarget(host == null ? "" : host, uri);
  }

  static boolean isAbsolute(String uri) {
    return uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  private static int authorityEnd(String uri) {
    for (int i = SCHEME.length(); i < uri.length(); i++) {
      if (uri.charAt(i) == '/' || uri.charAt(i) == '?') {
        return i;
      }
    }
    return uri.length();
  }
}
