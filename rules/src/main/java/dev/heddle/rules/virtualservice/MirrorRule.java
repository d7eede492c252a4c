package dev.heddle.rules.virtualservice;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPMirrorPolicy}. */
public record MirrorRule(
    @Required @Description("Where copies go.") @Nullable Target destination,
    @Description("The share of calls that is mirrored; all if absent.")
        @Nullable Percent percentage) {}
