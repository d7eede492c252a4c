package dev.heddle.rules.sidecar;

import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code SidecarPort}. */
public record SidecarPort(
    @Description("The port's number.") @Nullable Long number,
    @Description("HTTP, HTTPS, GRPC, HTTP2, MONGO, TCP or TLS.") @Nullable String protocol,
    @Description("The port's name.") @Nullable String name,
    @Description("Not used.") @Nullable Long targetPort) {}
