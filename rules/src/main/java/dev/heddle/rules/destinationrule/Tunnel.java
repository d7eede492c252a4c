package dev.heddle.rules.destinationrule;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import org.jspecify.annotations.Nullable;

/** Istio {@code TrafficPolicy.TunnelSettings}. */
public record Tunnel(
    @Description("CONNECT or POST.") @Nullable String protocol,
    @Required @Description("Where the proxy connects to.") @Nullable String targetHost,
    @Required @Description("Its port.") @Nullable Long targetPort) {}
