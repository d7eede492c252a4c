package dev.heddle.rules;

import dev.heddle.rules.serviceentry.ServiceEntrySpec;

/** A service that Kubernetes does not know: Istio {@code networking.istio.io/ServiceEntry}. */
public record ServiceEntry(Metadata metadata, ServiceEntrySpec spec) implements Rule {}
