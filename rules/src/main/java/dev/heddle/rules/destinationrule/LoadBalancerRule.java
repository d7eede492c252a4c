package dev.heddle.rules.destinationrule;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.NotYet;
import dev.heddle.rules.OneOf;
import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code LoadBalancerSettings}. */
public record LoadBalancerRule(
    @Description("One of the plain ways.") @OneOf("lb_policy") @Nullable SimpleBalancer simple,
    @Description("The same endpoint for what has the same key.") @OneOf("lb_policy")
        @Nullable ConsistentHashRule consistentHash,
    @Description("What localities count for.") @NotYet @Nullable LocalityBalancer localityLbSetting,
    @Description("What zones count for.") @NotYet @Nullable ZoneBalancer zoneAwareLbSetting,
    @Description("Use warmup.") @Nullable GoDuration warmupDurationSecs,
    @Description("Let new endpoints have less at first.") @Nullable WarmupRule warmup) {}
