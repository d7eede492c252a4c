package dev.heddle.rules.virtualservice;

import dev.heddle.rules.NotYet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code L4MatchAttributes}. */
public record L4Match(
    List<String> destinationSubnets,
    @Nullable Long port,
    @NotYet @Nullable String sourceSubnet,
    Map<String, String> sourceLabels,
    List<String> gateways,
    @Nullable String sourceNamespace) {
  /** Absent lists and maps are empty ones. */
  public L4Match {
    destinationSubnets = destinationSubnets == null ? List.of() : List.copyOf(destinationSubnets);
    gateways = gateways == null ? List.of() : List.copyOf(gateways);
    sourceLabels =
        sourceLabels == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(sourceLabels));
  }
}
