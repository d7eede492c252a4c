package dev.heddle.rules.virtualservice;

import dev.heddle.rules.NotYet;
import dev.heddle.rules.OneOf;
import dev.heddle.rules.schema.Description;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPRedirect}. */
public record RedirectRule(
    @Description("The path that is redirected to.") @Nullable String uri,
    @Description("What replaces the prefix of the path that matched.") @NotYet
        @Nullable String prefixRewrite,
    @Description("The host that is redirected to.") @Nullable String authority,
    @Description("The port that is redirected to.") @OneOf("redirect_port") @Nullable Long port,
    @Description("Whose port it is.") @OneOf("redirect_port") @Nullable RedirectPort derivePort,
    @Description("http or https.") @Nullable String scheme,
    @Description("The status; 301 if absent.") @Nullable Long redirectCode) {}
