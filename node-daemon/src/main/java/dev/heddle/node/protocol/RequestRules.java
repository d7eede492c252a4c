package dev.heddle.node.protocol;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes a request one that every parser reads alike: RFC 9112 6 and 11.2 (request smuggling),
 * RFC 9110 7.2 (Host).
 */
public final class RequestRules {

  private static final int BAD_REQUEST = 400;
  private static final int URI_TOO_LONG = 414;
  private static final int HEADERS_TOO_LARGE = 431;

  private RequestRules() {}

  /** Why a request is refused, or null. */
  public static @Nullable BadRequestException check(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return undecoded(request.decoderResult().cause());
    }
    String problem = problem(request);
    if (problem != null) {
      return new BadRequestException(BAD_REQUEST, "request " + problem);
    }
    return request.headers().size() > HttpLimits.MAX_HEADERS ? tooMany(request) : null;
  }

  /** Why bytes could not be read as a request, or as the rest of one. */
  public static BadRequestException undecoded(Throwable cause) {
    if (cause instanceof BadRequestException bad) {
      return bad;
    }
    if (cause instanceof TooLongHttpLineException) {
      return new BadRequestException(
          URI_TOO_LONG,
          "request line is too long (expected: at most " + HttpLimits.MAX_LINE_BYTES + " bytes)");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return new BadRequestException(
          HEADERS_TOO_LARGE,
          "headers are too long (expected: at most " + HttpLimits.MAX_HEADER_BYTES + " bytes)");
    }
    return new BadRequestException(BAD_REQUEST, "request cannot be read");
  }

  private static BadRequestException tooMany(HttpRequest request) {
    return new BadRequestException(
        HEADERS_TOO_LARGE,
        "request has "
            + request.headers().size()
            + " headers (expected: at most "
            + HttpLimits.MAX_HEADERS
            + ")");
  }

  private static @Nullable String problem(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
      return "is of " + version + " (expected: HTTP/1.1)";
    }
    String framing = framing(request.headers(), version);
    if (framing != null) {
      return framing;
    }
    String target = target(request);
    if (target != null) {
      return target;
    }
    String names = names(request.headers());
    return names != null ? names : host(request);
  }

  private static @Nullable String framing(HttpHeaders headers, HttpVersion version) {
    List<String> encodings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    List<String> lengths = headers.getAll(HttpHeaderNames.CONTENT_LENGTH);
    if (encodings.isEmpty()) {
      return lengths.size() > 1 || (lengths.size() == 1 && !isNumber(lengths.get(0)))
          ? "has content-length " + lengths + " (expected: one number)"
          : null;
    }
    if (encodings.size() > 1 || !encodings.get(0).equalsIgnoreCase("chunked")) {
      return "has transfer-encoding " + encodings + " (expected: chunked)";
    }
    if (!lengths.isEmpty()) {
      return "has content-length and transfer-encoding (expected: one of them)";
    }
    return version.equals(HttpVersion.HTTP_1_1)
        ? null
        : "of HTTP/1.0 has transfer-encoding (expected: content-length)";
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 18
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static @Nullable String target(HttpRequest request) {
    String uri = request.uri();
    HttpMethod method = request.method();
    boolean known =
        method.equals(HttpMethod.CONNECT)
            ? Authority.parse(uri) != null
            : uri.startsWith("/")
                || RequestTarget.isAbsolute(uri)
                || (uri.equals("*") && method.equals(HttpMethod.OPTIONS));
    for (int i = 0; known && i < uri.length(); i++) {
      known = uri.charAt(i) > ' ' && uri.charAt(i) != 0x7f;
    }
    return known ? null : "has a target that is none (expected: a path, as /orders)";
  }

  /** A name with an underscore in place of a hyphen is another header to us, and none to CGI. */
  private static @Nullable String names(HttpHeaders headers) {
    return headers.contains("transfer_encoding") || headers.contains("content_length")
        ? "has transfer_encoding or content_length (expected: them with a hyphen)"
        : null;
  }

  private static @Nullable String host(HttpRequest request) {
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    boolean old = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    if (hosts.size() > 1 || (hosts.isEmpty() && !old)) {
      return "has " + hosts.size() + " Host headers (expected: 1)";
    }
    if (!hosts.isEmpty() && !hosts.get(0).isEmpty() && Authority.parse(hosts.get(0)) == null) {
      return "has a Host that is none (expected: a name or address, and a port)";
    }
    String authority = RequestTarget.of(request).authority();
    return authority.isEmpty() || Authority.parse(authority) != null
        ? null
        : "has an authority that is none (expected: a name or address, and a port)";
  }
}
