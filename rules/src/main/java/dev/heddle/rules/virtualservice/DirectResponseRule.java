package dev.heddle.rules.virtualservice;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPDirectResponse}. */
public record DirectResponseRule(
    @Required @Description("The status of the answer.") @Nullable Integer status,
    @Description("What is answered.") @Nullable BodyRule body) {}
