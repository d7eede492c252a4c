package dev.heddle.policy.authz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a verified JWT says (RFC 7519), as rules see it. */
public final class TokenClaims {

  private final Map<String, Object> claims;

  private TokenClaims(Map<String, Object> claims) {
    this.claims = claims;
  }

  /**
   * Claims as JSON has them: texts, numbers, booleans, lists and maps.
   *
   * @param spaceDelimited claims whose text is a list, its items parted by spaces (Istio: scope and
   *     permission always are)
   */
  public static TokenClaims of(Map<String, ?> claims, List<String> spaceDelimited) {
    Map<String, Object> copy = new HashMap<>(claims);
    for (String name : spaceDelimited) {
      Object value = copy.get(name);
      if (value instanceof String) {
        copy.put(name, items((String) value));
      }
    }
    return new TokenClaims(Collections.unmodifiableMap(copy));
  }

  private static List<String> items(String text) {
    List<String> items = new ArrayList<>();
    for (String item : text.split(" ", -1)) {
      if (!item.isEmpty()) {
        items.add(item);
      }
    }
    return Collections.unmodifiableList(items);
  }

  /** A claim that is a text, else null. */
  @Nullable String text(String name) {
    Object value = claims.get(name);
    return value instanceof String ? (String) value : null;
  }

  /** The value at the end of a path of nested claims, null where there is none. */
  @Nullable Object at(String[] path) {
    Object value = claims;
    for (String step : path) {
      value = value instanceof Map ? ((Map<?, ?>) value).get(step) : null;
    }
    return value;
  }
}
