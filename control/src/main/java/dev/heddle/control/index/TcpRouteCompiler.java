package dev.heddle.control.index;

import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.TcpMatch;
import dev.heddle.policy.route.TcpRoute;
import dev.heddle.policy.route.WeightedDestination;
import dev.heddle.rules.VirtualService;
import dev.heddle.rules.virtualservice.L4Match;
import dev.heddle.rules.virtualservice.RouteDestination;
import dev.heddle.rules.virtualservice.TcpRouteRule;
import dev.heddle.rules.virtualservice.TlsMatch;
import dev.heddle.rules.virtualservice.TlsRouteRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Routes of connections: Istio {@code tls} and {@code tcp} of a VirtualService. */
final class TcpRouteCompiler {

  private final RouteCompiler targets;

  /** targets finds what destinations stand for. */
  TcpRouteCompiler(RouteCompiler targets) {
    this.targets = targets;
  }

  /** Those with a name first: a rule on all connections of a port leaves them their own. */
  List<TcpRoute> routes(VirtualService rule) {
    List<TcpRoute> routes = new ArrayList<>();
    for (TlsRouteRule tls : rule.spec().tls()) {
      List<TcpMatch> matches =
          tls.match().stream()
              .filter(match -> RuleLookup.appliesToMesh(match.gateways()))
              .map(TcpRouteCompiler::match)
              .toList();
      if (!matches.isEmpty()) { // without a match it takes nothing: sniHosts are required
        routes.add(TcpRoute.of(matches, destinations(tls.route())));
      }
    }
    for (TcpRouteRule tcp : rule.spec().tcp()) {
      List<TcpMatch> matches =
          tcp.match().stream()
              .filter(match -> RuleLookup.appliesToMesh(match.gateways()))
              .map(TcpRouteCompiler::match)
              .toList();
      if (tcp.match().isEmpty() || !matches.isEmpty()) {
        routes.add(TcpRoute.of(matches, destinations(tcp.route())));
      }
    }
    return List.copyOf(routes);
  }

  private static TcpMatch match(TlsMatch match) {
    if (match.sniHosts().isEmpty()) {
      throw new IllegalArgumentException("tls.match has no sniHosts (expected: one or more)");
    }
    return TcpMatch.builder()
        .sniHosts(match.sniHosts().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList())
        .destinationSubnets(match.destinationSubnets())
        .port(port(match.port()))
        .sourceLabels(match.sourceLabels())
        .sourceNamespace(match.sourceNamespace() == null ? "" : match.sourceNamespace())
        .build();
  }

  private static TcpMatch match(L4Match match) {
    return TcpMatch.builder()
        .destinationSubnets(match.destinationSubnets())
        .port(port(match.port()))
        .sourceLabels(match.sourceLabels())
        .sourceNamespace(match.sourceNamespace() == null ? "" : match.sourceNamespace())
        .build();
  }

  private static int port(@Nullable Long port) {
    return port == null ? 0 : Math.toIntExact(port);
  }

  private List<WeightedDestination> destinations(List<RouteDestination> route) {
    int alone = route.size() == 1 ? 100 : 0;
    return route.stream()
        .map(
            to ->
                WeightedDestination.of(
                    targets.destination(to.destination()),
                    to.weight() == null ? alone : to.weight(),
                    HeaderChange.NONE,
                    HeaderChange.NONE))
        .toList();
  }

  /** All that these routes lead to. */
  static Stream<WeightedDestination> destinationsOf(List<TcpRoute> routes) {
    return routes.stream().flatMap(route -> route.destinations().stream());
  }
}
