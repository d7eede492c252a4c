package dev.heddle.rules.destinationrule;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.NotYet;
import dev.heddle.rules.schema.AnyDuration;
import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code ConnectionPoolSettings.TCPSettings}. */
public record TcpPoolRule(
    @Description("Connections at most.") @Nullable Integer maxConnections,
    @Description("How long to wait for a connection.") @Nullable GoDuration connectTimeout,
    @Description("Probes of idle connections.") @NotYet @Nullable TcpKeepalive tcpKeepalive,
    @Description("How long a connection may live.") @NotYet
        @Nullable GoDuration maxConnectionDuration,
    @AnyDuration @Description("How long a connection may be idle; 0s: for ever.")
        @Nullable GoDuration idleTimeout) {}
