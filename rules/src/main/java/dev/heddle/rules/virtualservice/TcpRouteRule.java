package dev.heddle.rules.virtualservice;

import dev.heddle.rules.schema.Description;
import java.util.List;

/** Istio {@code TCPRoute}. */
public record TcpRouteRule(
    @Description("Which connections it takes; absent: all.") List<L4Match> match,
    @Description("Where connections go, by weight.") List<RouteDestination> route) {
  /** Absent lists and maps are empty ones. */
  public TcpRouteRule {
    match = match == null ? List.of() : List.copyOf(match);
    route = route == null ? List.of() : List.copyOf(route);
  }
}
