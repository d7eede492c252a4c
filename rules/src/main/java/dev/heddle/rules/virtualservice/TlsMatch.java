package dev.heddle.rules.virtualservice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code TLSMatchAttributes}. */
public record TlsMatch(
    List<String> sniHosts,
    List<String> destinationSubnets,
    @Nullable Long port,
    Map<String, String> sourceLabels,
    List<String> gateways,
    @Nullable String sourceNamespace) {
  /** Absent lists and maps are empty ones. */
  public TlsMatch {
    sniHosts = sniHosts == null ? List.of() : List.copyOf(sniHosts);
    destinationSubnets = destinationSubnets == null ? List.of() : List.copyOf(destinationSubnets);
    gateways = gateways == null ? List.of() : List.copyOf(gateways);
    sourceLabels =
        sourceLabels == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(sourceLabels));
  }
}
