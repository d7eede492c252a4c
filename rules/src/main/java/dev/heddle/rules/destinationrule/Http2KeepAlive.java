package dev.heddle.rules.destinationrule;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPSettings.KeepAliveSettings}. */
public record Http2KeepAlive(
    @Description("Time between pings.") @Nullable GoDuration interval,
    @Description("How long to wait for an answer.") @Nullable GoDuration timeout) {}
