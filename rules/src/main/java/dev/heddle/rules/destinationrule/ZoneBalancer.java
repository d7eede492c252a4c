package dev.heddle.rules.destinationrule;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.NullTaken;
import dev.heddle.rules.schema.Range;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code ZoneAwareLoadBalancerSetting}. */
public record ZoneBalancer(
    @Description("Where calls go if a zone has no endpoints.")
        @Nullable List<LocalityBalancer.Failover> failover,
    @Description("Labels by which endpoints are preferred.")
        @Nullable List<String> failoverPriority,
    @NullTaken @Range(min = 1, max = 4294967295L) @Description("Endpoints that a host must have.")
        @Nullable Long minClusterSize,
    @NullTaken @Description("Whether it holds.") @Nullable Boolean enabled) {}
