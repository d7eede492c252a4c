package dev.heddle.policy.authz;

import org.jspecify.annotations.Nullable;

/**
 * The paths that one request may mean: to the server that chooses a handler by the path it has
 * made, and to an app that looks at the target again, as Spring does. Who decides on a request
 * decides on each of them, and lets it in if all of them are let in.
 */
public final class PathReadings {

  private static final @Nullable String[] UNKNOWN = {null};

  private PathReadings() {}

  /**
   * Whether a path is the one that its target says, character by character, and all servers and
   * frameworks read it alike: then it is the only reading. Allocates nothing.
   *
   * @param target as it was sent, with its query
   */
  public static boolean isOnly(String served, String target) {
    int length = served.length();
    boolean whole = target.length() == length || isEnd(target, length);
    if (length == 0 || !whole || served.charAt(0) != '/' || !target.startsWith(served)) {
      return false;
    }
    char last = 0;
    for (int i = 0; i < length; i++) {
      char c = served.charAt(i);
      boolean plain = c > ' ' && c < 0x7F && c != '%' && c != ';' && c != '\\' && c != '#';
      if (!plain || (last == '/' && (c == '/' || c == '.'))) {
        return false;
      }
      last = c;
    }
    return true;
  }

  private static boolean isEnd(String target, int at) {
    return target.length() > at && target.charAt(at) == '?';
  }

  /**
   * All readings, at most three; the only one is null where it cannot be told what is served. What
   * is left to tell are {@code ;} parameters and empty segments: they are in use, as {@code
   * ;jsessionid=} is, and dropped by one and kept by the other; one of the two, for a target with
   * both has too many readings.
   *
   * @param served the path by which the server chose, null where it has none
   * @param target as it was sent, with its query
   */
  public static @Nullable String[] of(@Nullable String served, String target) {
    String believed = served == null ? null : RequestPath.served(served);
    String sent = RequestPath.sent(target);
    if (believed == null || sent == null) {
      return UNKNOWN;
    }
    String plain = withoutParameters(sent);
    String single = withoutEmptySegments(plain);
    boolean both = plain.length() < sent.length() && single.length() < plain.length();
    String bare = both ? null : RequestPath.ofTarget(single);
    if (bare == null) {
      return UNKNOWN;
    }
    String kept = decoded(sent);
    return kept == null ? UNKNOWN : distinct(believed, bare, kept);
  }

  private static @Nullable String[] distinct(String first, String second, String third) {
    boolean two = second.equals(first);
    boolean three = third.equals(first) || third.equals(second);
    if (two) {
      return three ? new String[] {first} : new String[] {first, third};
    }
    return three ? new String[] {first, second} : new String[] {first, second, third};
  }

  private static String withoutParameters(String path) {
    StringBuilder plain = new StringBuilder(path.length());
    boolean parameter = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      parameter = c == ';' || (parameter && c != '/');
      if (!parameter) {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static String withoutEmptySegments(String path) {
    StringBuilder single = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '/' || i == 0 || path.charAt(i - 1) != '/') {
        single.append(c);
      }
    }
    return single.toString();
  }

  /** With its parameters and empty segments, percent-encoding undone; null where it is no text. */
  private static @Nullable String decoded(String path) {
    StringBuilder text = new StringBuilder(path.length());
    int from = 0;
    for (int i = 0; i <= path.length(); i++) {
      boolean delimiter = i == path.length() || path.charAt(i) == ';' || path.charAt(i) == '/';
      if (delimiter) {
        // One segment or parameter at a time: between them stand the delimiters that are let pass.
        String part = i == from ? "/" : RequestPath.ofTarget('/' + path.substring(from, i));
        if (part == null) {
          return null;
        }
        text.append(part, 1, part.length());
        if (i < path.length()) {
          text.append(path.charAt(i));
        }
        from = i + 1;
      }
    }
    return text.toString();
  }
}
