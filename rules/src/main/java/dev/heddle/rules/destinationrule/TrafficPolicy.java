package dev.heddle.rules.destinationrule;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code TrafficPolicy}. */
public record TrafficPolicy(
    @Description("How an endpoint is chosen.") @Nullable LoadBalancerRule loadBalancer,
    @Description("Limits of connections and requests.") @Nullable ConnectionPoolRule connectionPool,
    @Description("When an endpoint is left out because it fails.")
        @Nullable OutlierRule outlierDetection,
    @Description("How connections to it are secured.") @Nullable TlsRule tls,
    @Size(max = 4096) @Description("What differs for single ports.")
        List<PortTrafficPolicy> portLevelSettings,
    @Description("The proxy through which it is called.") @NotYet @Nullable Tunnel tunnel,
    @Description("Tell it about the caller in the PROXY protocol.") @NotYet
        @Nullable ProxyProtocol proxyProtocol,
    @Description("How many calls may be retries.") @NotYet @Nullable RetryBudget retryBudget) {
  /** Absent lists are empty ones. */
  public TrafficPolicy {
    portLevelSettings = portLevelSettings == null ? List.of() : List.copyOf(portLevelSettings);
  }
}
