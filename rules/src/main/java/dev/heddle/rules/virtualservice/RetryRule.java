package dev.heddle.rules.virtualservice;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.NullTaken;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPRetry}. */
public record RetryRule(
    @Description("How often at most, beside the first try; 0: never.") @Nullable Integer attempts,
    @Description("How long one try may take.") @Nullable GoDuration perTryTimeout,
    @Description("What is tried again: conditions or statuses, separated by commas.")
        @Nullable String retryOn,
    @NullTaken @Description("Whether other localities are tried too.")
        @Nullable Boolean retryRemoteLocalities,
    @NullTaken @Description("Whether endpoints are left out that failed before.")
        @Nullable Boolean retryIgnorePreviousHosts,
    @Description("How long to wait before a further try.") @Nullable GoDuration backoff) {}
