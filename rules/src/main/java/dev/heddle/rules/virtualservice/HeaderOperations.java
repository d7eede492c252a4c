package dev.heddle.rules.virtualservice;

import dev.heddle.rules.schema.Description;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Istio {@code Headers.HeaderOperations}. */
public record HeaderOperations(
    @Description("Headers that are replaced.") Map<String, String> set,
    @Description("Headers that are added.") Map<String, String> add,
    @Description("Headers that are removed.") List<String> remove) {
  /** Absent lists and maps are empty ones. */
  public HeaderOperations {
    set = set == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(set));
    add = add == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(add));
    remove = remove == null ? List.of() : List.copyOf(remove);
  }
}
