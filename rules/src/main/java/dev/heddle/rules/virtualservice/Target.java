package dev.heddle.rules.virtualservice;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import org.jspecify.annotations.Nullable;

/** Istio {@code Destination}. */
public record Target(
    @Required @Description("The host that is called.") @Nullable String host,
    @Description("A subset that a DestinationRule names.") @Nullable String subset,
    @Description("The port; may be absent if the host has one.") @Nullable PortSelector port) {}
