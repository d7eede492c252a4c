package dev.heddle.rules;

import dev.heddle.rules.telemetry.TelemetrySpec;

/** What a workload tells of its calls: Istio {@code telemetry.istio.io/Telemetry}. */
public record Telemetry(Metadata metadata, TelemetrySpec spec) implements Rule {}
