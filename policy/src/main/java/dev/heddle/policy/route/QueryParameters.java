package dev.heddle.policy.route;

import org.jspecify.annotations.Nullable;

/**
 * Reads one parameter out of a path with its query; values stay encoded, as Envoy compares them.
 */
public final class QueryParameters {

  private QueryParameters() {}

  /** Where the path ends and the query or fragment begins. */
  public static int pathEnd(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '?' || c == '#') {
        return i;
      }
    }
    return path.length();
  }

  /** The first value of the parameter, empty if it has none, null if it is absent. */
  public static @Nullable String value(String path, String name) {
    int at = path.indexOf('?');
    while (at >= 0) {
      int start = at + 1;
      int next = path.indexOf('&', start);
      int end = next < 0 ? path.length() : next;
      if (path.startsWith(name, start)) {
        int after = start + name.length();
        if (after == end) {
          return "";
        }
        if (after < end && path.charAt(after) == '=') {
          return path.substring(after + 1, end);
        }
      }
      at = next;
    }
    return null;
  }
}
