package dev.heddle.rules.destinationrule;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.NotYet;
import org.jspecify.annotations.Nullable;

/** Istio {@code ConnectionPoolSettings.HTTPSettings}. */
public record HttpPoolRule(
    @Nullable Integer http1MaxPendingRequests,
    @Nullable Integer http2MaxRequests,
    @Nullable Integer maxRequestsPerConnection,
    @Nullable Integer maxRetries,
    @Nullable GoDuration idleTimeout,
    @NotYet @Nullable String h2UpgradePolicy,
    @NotYet @Nullable Boolean useClientProtocol,
    @NotYet @Nullable Integer maxConcurrentStreams) {}
