package dev.heddle.rules.virtualservice;

import dev.heddle.rules.OneOf;
import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code StringMatch}; none set: the name alone must be there. */
public record TextMatch(
    @Description("The whole text.") @OneOf("match_type") @Nullable String exact,
    @Description("How the text begins.") @OneOf("match_type") @Nullable String prefix,
    @Description("A regular expression (RE2) for the whole text.") @OneOf("match_type")
        @Nullable String regex) {}
