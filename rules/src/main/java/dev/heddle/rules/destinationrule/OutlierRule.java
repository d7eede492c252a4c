package dev.heddle.rules.destinationrule;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.heddle.rules.GoDuration;
import org.jspecify.annotations.Nullable;

/** Istio {@code OutlierDetection}. */
public record OutlierRule(
    @Nullable Integer consecutiveErrors,
    @Nullable Boolean splitExternalLocalOriginErrors,
    @Nullable Long consecutiveLocalOriginFailures,
    @Nullable Long consecutiveGatewayErrors,
    @JsonAlias("consecutive_5xx_errors") @Nullable Long consecutive5xxErrors,
    @Nullable GoDuration interval,
    @Nullable GoDuration baseEjectionTime,
    @Nullable Integer maxEjectionPercent,
    @Nullable Integer minHealthPercent) {}
