package dev.heddle.rules.virtualservice;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.OneOf;
import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPFaultInjection.Abort}. */
public record AbortFault(
    @Description("The status of the answer.") @OneOf("error_type") @Nullable Integer httpStatus,
    @Description("The status of the answer to gRPC.") @OneOf("error_type")
        @Nullable String grpcStatus,
    @Description("The error of the stream.") @NotYet @OneOf("error_type")
        @Nullable String http2Error,
    @Description("The share of calls; all if absent.") @Nullable Percent percentage) {}
