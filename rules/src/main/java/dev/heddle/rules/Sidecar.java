package dev.heddle.rules;

import dev.heddle.rules.sidecar.SidecarSpec;

/** What a workload sees of the mesh: Istio {@code networking.istio.io/Sidecar}. */
public record Sidecar(Metadata metadata, SidecarSpec spec) implements Rule {}
