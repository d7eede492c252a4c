package dev.heddle.rules.virtualservice;

import dev.heddle.rules.schema.Description;
import dev.heddle.rules.schema.Required;
import java.util.List;

/** Istio {@code TLSRoute}. */
public record TlsRouteRule(
    @Required @Description("Which connections it takes. One of these has to match.")
        List<TlsMatch> match,
    @Description("Where connections go, by weight.") List<RouteDestination> route) {
  /** Absent lists and maps are empty ones. */
  public TlsRouteRule {
    match = match == null ? List.of() : List.copyOf(match);
    route = route == null ? List.of() : List.copyOf(route);
  }
}
