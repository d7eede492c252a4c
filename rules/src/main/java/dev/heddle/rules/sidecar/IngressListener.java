package dev.heddle.rules.sidecar;

import dev.heddle.rules.destinationrule.ConnectionPoolRule;
import dev.heddle.rules.gateway.GatewayTls;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import org.jspecify.annotations.Nullable;

/** Istio {@code IstioIngressListener}. */
public record IngressListener(
    @Required @Description("The port that is listened to.") @Nullable SidecarPort port,
    @Description("The address that is listened to.") @Nullable String bind,
    @Description("How connections come to the listener.") @Nullable CaptureMode captureMode,
    @Description("Where connections go: an address of this pod and a port, or a unix socket.")
        @Nullable String defaultEndpoint,
    @Description("How connections are secured.") @Nullable GatewayTls tls,
    @Description("Limits of connections.") @Nullable ConnectionPoolRule connectionPool) {}
