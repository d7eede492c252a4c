package dev.heddle.rules.virtualservice;

import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code PortSelector}. */
public record PortSelector(@Description("The port.") @Nullable Long number) {}
