package dev.heddle.rules.destinationrule;

import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code ConnectionPoolSettings}. */
public record ConnectionPoolRule(
    @Description("Limits of connections.") @Nullable TcpPoolRule tcp,
    @Description("Limits of requests.") @Nullable HttpPoolRule http) {}
