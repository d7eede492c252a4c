package dev.heddle.rules.virtualservice;

import dev.heddle.rules.GoDuration;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPRetry}. */
public record RetryRule(
    @Nullable Integer attempts,
    @Nullable GoDuration perTryTimeout,
    @Nullable String retryOn,
    @Nullable Boolean retryRemoteLocalities,
    @Nullable Boolean retryIgnorePreviousHosts,
    @Nullable GoDuration backoff) {}
