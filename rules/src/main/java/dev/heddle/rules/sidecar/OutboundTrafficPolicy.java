package dev.heddle.rules.sidecar;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.virtualservice.Target;
import org.jspecify.annotations.Nullable;

/** Istio {@code OutboundTrafficPolicy}. */
public record OutboundTrafficPolicy(
    @Description("Whether they pass or are refused.") @Nullable OutboundTrafficMode mode,
    @Description("Where they go instead.") @Nullable Target egressProxy) {}
