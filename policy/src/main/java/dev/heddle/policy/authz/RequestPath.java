package dev.heddle.policy.authz;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What path a request means. A sidecar decides on one spelling and rewrites the request to it; who
 * sits in the server cannot, and must know the path that is served. A server that tells it is
 * believed; of a path as it was sent only that is known which all servers read alike.
 */
public final class RequestPath {

  /** Characters of a path at most that are looked at; servers take 8 to 64 KiB of a whole head. */
  private static final int MAX_CHARS = 65_536;

  private RequestPath() {}

  /**
   * The path of a request target as it was sent (RFC 9112 section 3.2), percent-encoding undone;
   * null where servers read it differently: dot segments, empty segments, {@code ;} parameters,
   * backslashes, encoded slashes, what stays encoded when it is decoded once, what is not UTF-8.
   */
  public static @Nullable String ofTarget(String target) {
    String path = sent(target);
    if (path == null || path.length() > MAX_CHARS) {
      return null;
    }
    boolean encoded = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        encoded = true;
      } else if (c <= ' ' || c >= 0x7F) {
        return null; // to be sent encoded; servers differ in what they make of it
      }
    }
    String decoded = encoded ? decode(path) : path;
    return decoded == null || !readsAlike(decoded) ? null : decoded;
  }

  /**
   * The path that a container says it serves: decoded, with the context it was found under; null
   * where it cannot be one, as no container would serve it unchanged.
   */
  public static @Nullable String served(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (Character.isISOControl(path.charAt(i))) {
        return null;
      }
    }
    return path.startsWith("/") && !hasDotSegment(path) ? path : null;
  }

  /** A path as a rule writes it, in the spelling that requests are brought to. */
  static String ofRule(String path) {
    String decoded = path.indexOf('%') < 0 ? path : decode(path);
    return decoded == null ? path : decoded;
  }

  /** The path of a target as it was sent; null where servers differ in what it is. */
  static @Nullable String sent(String target) {
    int start = start(target);
    int end = start < 0 ? -1 : end(target, start);
    if (end < 0) {
      return null;
    }
    return start == end ? "/" : target.substring(start, end);
  }

  /** Where the path begins in a target, -1 where it has none that is known. */
  private static int start(String target) {
    if (target.startsWith("/")) {
      return 0;
    }
    int scheme = target.indexOf("://"); // the absolute form, as proxies are sent
    if (scheme <= 0) {
      return -1; // the asterisk form, an authority, garbage
    }
    int authority = scheme + 3;
    for (int i = 0; i < scheme; i++) {
      char c = target.charAt(i);
      if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
        return -1;
      }
    }
    for (int i = authority; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '/' || c == '?' || c == '#') {
        return i;
      }
    }
    return target.length();
  }

  /**
   * Behind the path; -1 at a fragment, which no target has: some servers end there, some do not.
   */
  private static int end(String target, int start) {
    for (int i = start; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '?') {
        return i;
      }
      if (c == '#') {
        return -1;
      }
    }
    return target.length();
  }

  /** Null where an escape is broken, or stands for what servers treat in their own ways. */
  private static @Nullable String decode(String path) {
    ByteBuffer bytes = ByteBuffer.allocate(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c > 0x7F) {
        return null;
      }
      if (c != '%') {
        bytes.put((byte) c);
        continue;
      }
      int value = i + 2 < path.length() ? hex(path, i + 1) : -1;
      if (value < 0 || isSpecial(value)) {
        return null;
      }
      bytes.put((byte) value);
      i += 2;
    }
    bytes.flip();
    CharsetDecoder strict =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try {
      CharBuffer text = strict.decode(bytes);
      return text.toString();
    } catch (CharacterCodingException e) {
      return null; // overlong forms among others
    }
  }

  private static int hex(String path, int at) {
    int high = digit(path.charAt(at));
    int low = digit(path.charAt(at + 1));
    return high < 0 || low < 0 ? -1 : (high << 4) | low;
  }

  private static int digit(char c) {
    return c < 0x7F ? Character.digit(c, 16) : -1; // other scripts have digits too
  }

  /** Controls and what delimits: whether they do so when encoded is each server's own matter. */
  private static boolean isSpecial(int c) {
    return c < ' ' || c == 0x7F || c == '/' || c == '\\' || c == ';' || c == '%' || c == '?'
        || c == '#';
  }

  private static boolean readsAlike(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean plain = c != ';' && c != '\\' && !Character.isISOControl(c);
      if (!plain || (c == '/' && i > 0 && path.charAt(i - 1) == '/')) {
        return false;
      }
    }
    return !hasDotSegment(path) && isNormal(path);
  }

  /** Whether no character stands for one that some file systems and routers fold it to. */
  private static boolean isNormal(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      // Full-width forms, and the dots and slashes that compatibility folding makes plain ones.
      if ((c >= 0xFF00 && c <= 0xFFEF)
          || (c >= 0x2024 && c <= 0x2026)
          || c == 0x2044
          || c == 0x2215
          || c == 0x29F8
          || c == 0xFE68
          || c == 0x2216
          || c == 0xFE52) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasDotSegment(String path) {
    int at = 0;
    while (at <= path.length()) {
      int slash = path.indexOf('/', at);
      int end = slash < 0 ? path.length() : slash;
      boolean dot = end - at == 1 && path.charAt(at) == '.';
      boolean dots = end - at == 2 && path.charAt(at) == '.' && path.charAt(at + 1) == '.';
      if (dot || dots) {
        return true;
      }
      at = end + 1;
    }
    return false;
  }
}
