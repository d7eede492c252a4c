package dev.heddle.rules.virtualservice;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.OneOf;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPFaultInjection.Abort}. */
public record AbortFault(
    @OneOf("error_type") @Nullable Integer httpStatus,
    @OneOf("error_type") @Nullable String grpcStatus,
    @NotYet @OneOf("error_type") @Nullable String http2Error,
    @Nullable Percent percentage) {}
