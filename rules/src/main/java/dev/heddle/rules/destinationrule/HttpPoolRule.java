package dev.heddle.rules.destinationrule;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.NotYet;
import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code ConnectionPoolSettings.HTTPSettings}. */
public record HttpPoolRule(
    @Description("Requests at most that wait for a connection.")
        @Nullable Integer http1MaxPendingRequests,
    @Description("Requests at most at a time.") @Nullable Integer http2MaxRequests,
    @Description("Requests at most on one connection; 0: no limit.")
        @Nullable Integer maxRequestsPerConnection,
    @Description("Retries at most at a time.") @Nullable Integer maxRetries,
    @Description("How long a connection without requests is kept.")
        @Nullable GoDuration idleTimeout,
    @Description("Whether HTTP/1.1 becomes HTTP/2.") @NotYet
        @Nullable UpgradePolicy h2UpgradePolicy,
    @Description("Whether the caller's version of HTTP is kept.") @NotYet
        @Nullable Boolean useClientProtocol,
    @Description("Requests at most at a time on one connection of HTTP/2.") @NotYet
        @Nullable Integer maxConcurrentStreams,
    @Description("Pings on connections of HTTP/2.") @NotYet
        @Nullable Http2KeepAlive http2KeepAlive) {}
