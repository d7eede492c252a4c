package dev.heddle.rules.serviceentry;

import dev.heddle.rules.schema.Cel;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import dev.heddle.rules.schema.Size;
import org.jspecify.annotations.Nullable;

/** Istio {@code ServicePort}. */
public record ServicePort(
    @Required
        @Cel(rule = "0 < self && self <= 65535", message = "port must be between 1-65535")
        @Description("The port.")
        @Nullable Long number,
    @Size(max = 256) @Description("HTTP, HTTPS, GRPC, HTTP2, MONGO, TCP or TLS.")
        @Nullable String protocol,
    @Required @Size(max = 256) @Description("Its name.") @Nullable String name,
    @Cel(rule = "0 < self && self <= 65535", message = "port must be between 1-65535")
        @Description("The endpoints' port; absent: the same.")
        @Nullable Long targetPort) {}
