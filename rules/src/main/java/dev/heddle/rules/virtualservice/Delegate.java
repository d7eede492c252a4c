package dev.heddle.rules.virtualservice;

import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code Delegate}. */
public record Delegate(
    @Description("Its name.") @Nullable String name,
    @Description("Its namespace; absent: the same.") @Nullable String namespace) {}
