package dev.heddle.rules;

import dev.heddle.rules.serviceentry.WorkloadEntrySpec;

/** An instance that Kubernetes does not run: Istio {@code networking.istio.io/WorkloadEntry}. */
public record WorkloadEntry(Metadata metadata, WorkloadEntrySpec spec) implements Rule {}
