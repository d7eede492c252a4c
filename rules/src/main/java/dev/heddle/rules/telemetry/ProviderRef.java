package dev.heddle.rules.telemetry;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import dev.heddle.rules.schema.Size;
import org.jspecify.annotations.Nullable;

/** Istio {@code ProviderRef}. */
public record ProviderRef(
    @Required @Size(min = 1) @Description("The provider's name in the settings of the mesh.")
        @Nullable String name) {}
