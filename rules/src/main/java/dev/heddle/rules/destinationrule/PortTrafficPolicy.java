package dev.heddle.rules.destinationrule;

import dev.heddle.rules.virtualservice.PortSelector;
import org.jspecify.annotations.Nullable;

/** Istio {@code TrafficPolicy.PortTrafficPolicy}. */
public record PortTrafficPolicy(
    @Nullable PortSelector port,
    @Nullable LoadBalancerRule loadBalancer,
    @Nullable ConnectionPoolRule connectionPool,
    @Nullable OutlierRule outlierDetection,
    @Nullable TlsRule tls) {}
