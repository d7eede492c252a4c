package dev.heddle.node.protocol;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Host and port of a request: RFC 9110 7.2.
 *
 * @param host in lower case, an IPv6 address without brackets
 * @param port 1 to 65535, 0 where none is named
 */
public record Authority(String host, int port) {

  private static final int MAX_CHARS = 255 + 6;
  private static final int MAX_PORT = 65_535;

  /** Reads one, or null where the text is none. */
  public static @Nullable Authority parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    int bracket = text.indexOf(']');
    boolean hasPort = colon > (bracketed ? bracket : 0);
    String host = hasPort ? text.substring(0, colon) : text;
    int port = hasPort ? port(text, colon + 1) : 0;
    if (port < 0 || text.length() > MAX_CHARS || host.isEmpty()) {
      return null;
    }
    if (bracketed) {
      boolean whole = bracket == host.length() - 1 && allHex(host, 1, bracket);
      return whole
          ? new Authority(host.substring(1, bracket).toLowerCase(Locale.ROOT), port)
          : null;
    }
    return allName(host) ? new Authority(host.toLowerCase(Locale.ROOT), port) : null;
  }

  private static int port(String text, int from) {
    int port = 0;
    for (int i = from; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      port = Math.min(10 * port + digit, MAX_PORT + 1);
    }
    return port > MAX_PORT || port == 0 ? -1 : port;
  }

  private static boolean allHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
        return false;
      }
    }
    return to > from;
  }

  /** Letters, digits and what stands in names in use: an underscore too, against RFC 1123. */
  private static boolean allName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean known =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '.'
              || c == '-'
              || c == '_';
      if (!known) {
        return false;
      }
    }
    return true;
  }
}
