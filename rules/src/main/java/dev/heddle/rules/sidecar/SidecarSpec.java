package dev.heddle.rules.sidecar;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.destinationrule.ConnectionPoolRule;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.serviceentry.WorkloadSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code Sidecar}. */
@Description("What workloads see of the mesh and how they are reached.")
public record SidecarSpec(
    @NotYet @Description("The workloads it is for; absent: all of the namespace.")
        @Nullable WorkloadSelector workloadSelector,
    @NotYet @Description("Ports at which the workloads are called.")
        @Nullable List<IngressListener> ingress,
    @NotYet @Description("Hosts that the workloads call.") @Nullable List<EgressListener> egress,
    @NotYet @Description("Limits of connections to the workloads.")
        @Nullable ConnectionPoolRule inboundConnectionPool,
    @NotYet @Description("What becomes of calls to hosts that are not known.")
        @Nullable OutboundTrafficPolicy outboundTrafficPolicy) {}
