package dev.heddle.rules.virtualservice;

import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPRewrite}. */
public record RewriteRule(
    @Nullable String uri, @Nullable String authority, @Nullable RegexRewrite uriRegexRewrite) {}
