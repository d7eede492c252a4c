package dev.heddle.policy.route;

import com.google.auto.value.AutoValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;

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
}
