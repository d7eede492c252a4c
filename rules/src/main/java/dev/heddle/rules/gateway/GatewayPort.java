package dev.heddle.rules.gateway;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import org.jspecify.annotations.Nullable;

/** Istio {@code Port}. */
public record GatewayPort(
    @Required @Description("The port's number.") @Nullable Long number,
    @Required @Description("HTTP, HTTPS, GRPC, HTTP2, MONGO, TCP or TLS.")
        @Nullable String protocol,
    @Required @Description("The port's name.") @Nullable String name,
    @Description("Not used.") @Nullable Long targetPort) {}
