package dev.heddle.rules.virtualservice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Istio {@code Headers.HeaderOperations}. */
public record HeaderOperations(
    Map<String, String> set, Map<String, String> add, List<String> remove) {
  /** Absent lists and maps are empty ones. */
  public HeaderOperations {
    set = set == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(set));
    add = add == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(add));
    remove = remove == null ? List.of() : List.copyOf(remove);
  }
}
