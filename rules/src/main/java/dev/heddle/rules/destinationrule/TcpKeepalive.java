package dev.heddle.rules.destinationrule;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code TCPSettings.TcpKeepalive}. */
public record TcpKeepalive(
    @Description("Probes without an answer that end a connection.") @Nullable Long probes,
    @Description("How long a connection is idle before the first.") @Nullable GoDuration time,
    @Description("Time between probes.") @Nullable GoDuration interval) {}
