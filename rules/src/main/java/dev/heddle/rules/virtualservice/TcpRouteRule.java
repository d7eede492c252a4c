package dev.heddle.rules.virtualservice;

import java.util.List;

/** Istio {@code TCPRoute}. */
public record TcpRouteRule(List<L4Match> match, List<RouteDestination> route) {
  /** Absent lists and maps are empty ones. */
  public TcpRouteRule {
    match = match == null ? List.of() : List.copyOf(match);
    route = route == null ? List.of() : List.copyOf(route);
  }
}
