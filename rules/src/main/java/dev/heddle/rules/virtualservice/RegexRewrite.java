package dev.heddle.rules.virtualservice;

import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code RegexRewrite}. */
public record RegexRewrite(
    @Description("A regular expression (RE2).") @Nullable String match,
    @Description("What replaces what matched; \\1 is its first group.") @Nullable String rewrite) {}
