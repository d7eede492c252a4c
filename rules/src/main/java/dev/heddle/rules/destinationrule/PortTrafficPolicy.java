package dev.heddle.rules.destinationrule;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.virtualservice.PortSelector;
import org.jspecify.annotations.Nullable;

/** Istio {@code TrafficPolicy.PortTrafficPolicy}. */
public record PortTrafficPolicy(
    @Description("The port.") @Nullable PortSelector port,
    @Description("How an endpoint is chosen.") @Nullable LoadBalancerRule loadBalancer,
    @Description("Limits of connections and requests.") @Nullable ConnectionPoolRule connectionPool,
    @Description("When an endpoint is left out because it fails.")
        @Nullable OutlierRule outlierDetection,
    @Description("How connections to it are secured.") @Nullable TlsRule tls) {}
