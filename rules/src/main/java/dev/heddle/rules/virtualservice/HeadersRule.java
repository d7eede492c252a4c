package dev.heddle.rules.virtualservice;

import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code Headers}. */
public record HeadersRule(
    @Description("What is changed of requests.") @Nullable HeaderOperations request,
    @Description("What is changed of answers.") @Nullable HeaderOperations response) {}
