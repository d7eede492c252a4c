package dev.heddle.rules.virtualservice;

import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPRewrite}. */
public record RewriteRule(
    @Description("What replaces the path, or the prefix that matched.") @Nullable String uri,
    @Description("What replaces the host.") @Nullable String authority,
    @Description("What replaces parts of the path.") @Nullable RegexRewrite uriRegexRewrite) {}
