package dev.heddle.node.protocol;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Headers that hold for one connection and end with it: RFC 9110 7.6.1. */
public final class HopHeaders {

  /** What a Connection header cannot take away, or anybody could by naming it there. */
  private static final Set<String> KEPT =
      Set.of("content-length", "transfer-encoding", "host", "te", "upgrade", "trailer");

  private HopHeaders() {}

  /** Whether the connection stays open behind a message, as far as this side says. */
  public static boolean keepsAlive(HttpMessage message) {
    HttpHeaders headers = message.headers();
    if (message.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      return says(headers, "keep-alive");
    }
    return !headers.contains(HttpHeaderNames.CONNECTION) || !says(headers, "close");
  }

  /** Whether a message asks for, or agrees to, another protocol. */
  public static boolean upgrades(HttpMessage message) {
    return message.headers().contains(HttpHeaderNames.UPGRADE)
        && says(message.headers(), "upgrade");
  }

  private static boolean says(HttpHeaders headers, String token) {
    return headers.containsValue(HttpHeaderNames.CONNECTION, token, true);
  }

  /** Takes them away; an upgrade that is wanted stays. */
  public static void remove(HttpMessage message) {
    HttpHeaders headers = message.headers();
    boolean upgrades = upgrades(message);
    if (headers.contains(HttpHeaderNames.CONNECTION)) {
      removeNamed(headers);
      headers.remove(HttpHeaderNames.CONNECTION);
    }
    headers.remove("keep-alive");
    headers.remove("proxy-connection");
    boolean trailers =
        headers.contains(HttpHeaderNames.TE)
            && headers.containsValue(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS, true);
    headers.remove(HttpHeaderNames.TE);
    if (trailers) {
      headers.set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
    }
    if (upgrades) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
    } else {
      headers.remove(HttpHeaderNames.UPGRADE);
    }
  }

  private static void removeNamed(HttpHeaders headers) {
    List<String> connection = headers.getAll(HttpHeaderNames.CONNECTION);
    for (String value : connection) {
      for (String token : value.split(",", -1)) {
        String name = token.trim().toLowerCase(Locale.ROOT);
        if (!name.isEmpty() && !KEPT.contains(name)) {
          headers.remove(name);
        }
      }
    }
  }
}
