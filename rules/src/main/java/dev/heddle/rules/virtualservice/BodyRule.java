package dev.heddle.rules.virtualservice;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.OneOf;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Format;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPBody}. */
public record BodyRule(
    @Description("A text.") @OneOf("specifier") @Nullable String string,
    @Format("byte") @Description("Bytes in base64.") @NotYet @OneOf("specifier")
        @Nullable String bytes) {}
