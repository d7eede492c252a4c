package dev.heddle.rules.destinationrule;

import dev.heddle.rules.NotYet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code TrafficPolicy}. */
public record TrafficPolicy(
    @Nullable LoadBalancerRule loadBalancer,
    @Nullable ConnectionPoolRule connectionPool,
    @Nullable OutlierRule outlierDetection,
    @Nullable TlsRule tls,
    List<PortTrafficPolicy> portLevelSettings,
    @NotYet @Nullable Map<String, Object> tunnel,
    @NotYet Map<String, Object> proxyProtocol,
    @NotYet Map<String, Object> retryBudget) {
  /** Absent lists and maps are empty ones. */
  public TrafficPolicy {
    portLevelSettings = portLevelSettings == null ? List.of() : List.copyOf(portLevelSettings);
    proxyProtocol =
        proxyProtocol == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(proxyProtocol));
    retryBudget =
        retryBudget == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(retryBudget));
  }
}
