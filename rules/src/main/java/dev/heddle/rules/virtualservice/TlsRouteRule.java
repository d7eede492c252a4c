package dev.heddle.rules.virtualservice;

import java.util.List;

/** Istio {@code TLSRoute}. */
public record TlsRouteRule(List<TlsMatch> match, List<RouteDestination> route) {
  /** Absent lists and maps are empty ones. */
  public TlsRouteRule {
    match = match == null ? List.of() : List.copyOf(match);
    route = route == null ? List.of() : List.copyOf(route);
  }
}
