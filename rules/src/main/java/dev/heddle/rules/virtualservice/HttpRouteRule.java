package dev.heddle.rules.virtualservice;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.NotYet;
import dev.heddle.rules.OneOf;
import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.NullTaken;
import dev.heddle.rules.schema.SnakeCaseToo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPRoute}. */
public record HttpRouteRule(
    @Description("A name of the route for people.") @Nullable String name,
    @Description("Which calls it takes; absent: all. One of these has to match.")
        List<HttpMatch> match,
    @Description("Where calls go, by weight.") List<HttpDestination> route,
    @Description("Answer with a redirection.") @OneOf("action") @Nullable RedirectRule redirect,
    @Description("Answer with this.") @OneOf("action") @Nullable DirectResponseRule directResponse,
    @Description("The VirtualService that has the routes.") @NotYet @Nullable Delegate delegate,
    @Description("What is changed of the path and the host.") @Nullable RewriteRule rewrite,
    @Description("How long a call may take in all.") @Nullable GoDuration timeout,
    @Description("What is tried again, and how often.") @Nullable RetryRule retries,
    @Description("Delays and failures made on purpose.") @Nullable FaultRule fault,
    @Description("Where copies of calls go; their answers are dropped.") @Nullable Target mirror,
    @Description("Where copies of calls go, each with its share.") List<MirrorRule> mirrors,
    @Description("The share of calls that is mirrored.") @Nullable Percent mirrorPercentage,
    @NullTaken @SnakeCaseToo @Description("Use mirrorPercentage.") @Nullable Long mirrorPercent,
    @Description("What browsers may do with answers.") @NotYet @Nullable CorsPolicy corsPolicy,
    @Description("What is changed of the headers.") @Nullable HeadersRule headers) {
  /** Absent lists are empty ones. */
  public HttpRouteRule {
    match = match == null ? List.of() : List.copyOf(match);
    route = route == null ? List.of() : List.copyOf(route);
    mirrors = mirrors == null ? List.of() : List.copyOf(mirrors);
  }
}
