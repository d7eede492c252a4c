package dev.heddle.rules.serviceentry;

import dev.heddle.rules.NotYet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code WorkloadEntry}. */
public record WorkloadEntrySpec(
    @Nullable String address,
    Map<String, Long> ports,
    Map<String, String> labels,
    @NotYet @Nullable String network,
    @Nullable String locality,
    @Nullable Long weight,
    @Nullable String serviceAccount) {
  /** Absent lists and maps are empty ones. */
  public WorkloadEntrySpec {
    ports = ports == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(ports));
    labels = labels == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }
}
