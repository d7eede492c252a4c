package dev.heddle.agent.core.call;

import dev.heddle.policy.route.HeaderChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Applies header changes to a map of headers, names in any case. */
public final class HeaderChanges {

  private HeaderChanges() {}

  /**
   * A value that names Envoy's own variables, as {@code %REQ(x)%}, is taken literally. The host is
   * no header here: the attempt's authority says it.
   */
  public static void apply(List<HeaderChange> changes, Map<String, List<String>> headers) {
    for (HeaderChange change : changes) {
      change.remove().forEach(name -> remove(headers, name));
      change.set().forEach((name, value) -> set(headers, name, value));
      change.add().forEach((name, value) -> add(headers, name, value));
    }
  }

  /** Cookies that the mesh gives with a response, for a client that keeps its cookies itself. */
  public static List<String> cookiesGiven(List<HeaderChange> changes) {
    if (changes.isEmpty()) {
      return Collections.emptyList();
    }
    Map<String, List<String>> given = new HashMap<>();
    apply(changes, given);
    return given.getOrDefault("set-cookie", Collections.emptyList());
  }

  private static void set(Map<String, List<String>> headers, String name, String value) {
    if (!HeaderChange.namesAuthority(name)) {
      remove(headers, name);
      headers.put(name, new ArrayList<>(Collections.singletonList(value)));
    }
  }

  private static void add(Map<String, List<String>> headers, String name, String value) {
    if (!HeaderChange.namesAuthority(name)) {
      values(headers, name).add(value);
    }
  }

  private static void remove(Map<String, List<String>> headers, String lowerCaseName) {
    if (!HeaderChange.namesAuthority(lowerCaseName)) {
      headers.keySet().removeIf(name -> name != null && same(name, lowerCaseName));
    }
  }

  private static List<String> values(Map<String, List<String>> headers, String lowerCaseName) {
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (header.getKey() != null && same(header.getKey(), lowerCaseName)) {
        List<String> copy = new ArrayList<>(header.getValue());
        header.setValue(copy);
        return copy;
      }
    }
    List<String> values = new ArrayList<>();
    headers.put(lowerCaseName, values);
    return values;
  }

  private static boolean same(String name, String lowerCaseName) {
    return name.toLowerCase(Locale.ROOT).equals(lowerCaseName);
  }
}
