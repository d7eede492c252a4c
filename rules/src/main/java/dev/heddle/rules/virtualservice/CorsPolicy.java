package dev.heddle.rules.virtualservice;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.NullTaken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code CorsPolicy}. */
public record CorsPolicy(
    @Description("Use allowOrigins.") @Nullable List<String> allowOrigin,
    @Description("Whose pages may call.") @Nullable List<TextMatch> allowOrigins,
    @Description("With which methods.") @Nullable List<String> allowMethods,
    @Description("With which headers.") @Nullable List<String> allowHeaders,
    @Description("Headers of answers that pages may see.") @Nullable List<String> exposeHeaders,
    @Description("How long browsers keep this.") @Nullable GoDuration maxAge,
    @NullTaken @Description("Whether calls may carry cookies.") @Nullable Boolean allowCredentials,
    @Description("What becomes of preflight requests from other pages.")
        @Nullable UnmatchedPreflights unmatchedPreflights) {}
