package dev.heddle.rules.destinationrule;

import org.jspecify.annotations.Nullable;

/** Istio {@code ConnectionPoolSettings}. */
public record ConnectionPoolRule(@Nullable TcpPoolRule tcp, @Nullable HttpPoolRule http) {}
