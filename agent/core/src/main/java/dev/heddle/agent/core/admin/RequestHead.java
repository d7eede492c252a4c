package dev.heddle.agent.core.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The head of a request: its first line, and its headers as they were sent. */
final class RequestHead {

  /** As browsers and scrapers send them, and a little more; RFC 9112 asks for 8,000 of the line. */
  static final int MAX_BYTES = 16 * 1024;

  private static final RequestHead TOO_LARGE = problem("431 Request Header Fields Too Large");
  private static final RequestHead MALFORMED = problem("400 Bad Request");

  private final String method;
  private final String path;
  private final String query;
  private final String headers;
  private final @Nullable String problem;

  private RequestHead(
      String method, String path, String query, String headers, @Nullable String problem) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.problem = problem;
  }

  private static RequestHead problem(String status) {
    return new RequestHead("", "", "", "", status);
  }

  /** Reads up to the empty line behind the headers. */
  static RequestHead read(InputStream in) throws IOException {
    byte[] bytes = new byte[MAX_BYTES];
    int length = 0;
    while (!isComplete(bytes, length)) {
      int read = length < MAX_BYTES ? in.read(bytes, length, MAX_BYTES - length) : 0;
      if (read == 0) {
        return TOO_LARGE;
      }
      if (read < 0) {
        return MALFORMED;
      }
      length += read;
    }
    return parse(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
  }

  private static boolean isComplete(byte[] bytes, int length) {
    String end =
        new String(
            bytes, Math.max(0, length - 4), Math.min(4, length), StandardCharsets.ISO_8859_1);
    return end.endsWith("\n\n") || end.endsWith("\n\r\n");
  }

  private static RequestHead parse(String head) {
    int lineEnd = head.indexOf('\n');
    String[] words = head.substring(0, lineEnd).trim().split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      return MALFORMED;
    }
    String headers = head.substring(lineEnd + 1).trim();
    int query = words[1].indexOf('?');
    return query < 0
        ? new RequestHead(words[0], words[1], "", headers, null)
        : new RequestHead(
            words[0], words[1].substring(0, query), words[1].substring(query + 1), headers, null);
  }

  /** As it was sent. */
  String method() {
    return method;
  }

  /** Without the query. */
  String path() {
    return path;
  }

  /** Behind the question mark, as it was sent. */
  String query() {
    return query;
  }

  /** Path and query, as they were sent. */
  String target() {
    return query.isEmpty() ? path : path + '?' + query;
  }

  /** The lines behind the first one, without the empty one. */
  String headers() {
    return headers;
  }

  /** The status line of a request that cannot be read, or null. */
  @Nullable String problem() {
    return problem;
  }
}
