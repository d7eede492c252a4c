package dev.heddle.rules.virtualservice;

import dev.heddle.rules.GoDuration;
import dev.heddle.rules.NotYet;
import dev.heddle.rules.OneOf;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Istio {@code HTTPRoute}. */
public record HttpRouteRule(
    @Nullable String name,
    List<HttpMatch> match,
    List<HttpDestination> route,
    @OneOf("action") @Nullable RedirectRule redirect,
    @OneOf("action") @Nullable DirectResponseRule directResponse,
    @NotYet Map<String, Object> delegate,
    @Nullable RewriteRule rewrite,
    @Nullable GoDuration timeout,
    @Nullable RetryRule retries,
    @Nullable FaultRule fault,
    @Nullable Target mirror,
    List<MirrorRule> mirrors,
    @Nullable Percent mirrorPercentage,
    @Nullable Long mirrorPercent,
    @NotYet Map<String, Object> corsPolicy,
    @Nullable HeadersRule headers) {
  /** Absent lists and maps are empty ones. */
  public HttpRouteRule {
    match = match == null ? List.of() : List.copyOf(match);
    route = route == null ? List.of() : List.copyOf(route);
    delegate =
        delegate == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(delegate));
    mirrors = mirrors == null ? List.of() : List.copyOf(mirrors);
    corsPolicy =
        corsPolicy == null
            ? Map.of()
            : Collections.unmodifiableMap(new LinkedHashMap<>(corsPolicy));
  }
}
