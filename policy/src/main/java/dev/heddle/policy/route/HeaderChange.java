package dev.heddle.policy.route;

import com.google.auto.value.AutoValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is done to headers: Istio {@code Headers.HeaderOperations}; removed first, then set, then
 * added, as Envoy does.
 */
@AutoValue
public abstract class HeaderChange {

  /** Nothing is changed. */
  public static final HeaderChange NONE =
      of(Collections.emptyMap(), Collections.emptyMap(), Collections.emptyList());

  /** The value of its parts. */
  public static HeaderChange of(
      Map<String, String> set, Map<String, String> add, List<String> remove) {
    return new AutoValue_HeaderChange(set, add, remove);
  }

  /** Overwritten. */
  public abstract Map<String, String> set();

  /** Appended. */
  public abstract Map<String, String> add();

  /** Taken away, lower case. */
  public abstract List<String> remove();

  /**
   * What a request's authority becomes, null: it stays. As in Istio, setting {@code host} or {@code
   * :authority} rewrites it; among the headers both are left alone.
   */
  public @Nullable String authority() {
    for (Map.Entry<String, String> header : set().entrySet()) {
      if (namesAuthority(header.getKey())) {
        return header.getValue();
      }
    }
    return null;
  }

  /** Whether a header names the authority, in any case. */
  public static boolean namesAuthority(String header) {
    return header.equalsIgnoreCase("host") || header.equals(":authority");
  }

  /** Whether it changes nothing. */
  public boolean isNone() {
    return set().isEmpty() && add().isEmpty() && remove().isEmpty();
  }
}
