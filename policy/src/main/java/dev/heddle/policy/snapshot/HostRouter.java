package dev.heddle.policy.snapshot;

import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.RouteTable;
import dev.heddle.policy.route.Source;
import dev.heddle.policy.route.TcpMatch;
import dev.heddle.policy.route.TcpRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that decides on calls to one host and port, ready to be asked. */
public final class HostRouter {

  private final HostRoutes routes;
  private final Source source;
  private final RouteTable<RoutePlan> table;
  private final List<TcpPlan> connections;
  private final boolean forwardsUnread;

  private HostRouter(
      HostRoutes routes, Source source, RouteTable<RoutePlan> table, List<TcpPlan> connections) {
    this.connections = connections;
    this.routes = routes;
    this.source = source;
    this.table = table;
    this.forwardsUnread = routes.routes().size() == 1 && routes.routes().get(0).forwardsUnread();
  }

  /** IllegalArgumentException with the host's name if the routes cannot be used. */
  static HostRouter of(HostRoutes routes, Source source, Map<Destination, ClusterState> clusters) {
    RouteTable.Builder<RoutePlan> table = RouteTable.builder(source);
    try {
      for (HttpRoute route : routes.routes()) {
        table.add(route.matches(), new RoutePlan(route, clusters));
      }
      List<TcpPlan> connections = new ArrayList<>();
      for (TcpRoute route : routes.tcpRoutes()) {
        connections.add(new TcpPlan(route, routes.port(), source, clusters));
      }
      return new HostRouter(routes, source, table.build(), connections);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "routes of " + Mesh.name(routes.host(), routes.port()) + ": " + e.getMessage(), e);
    }
  }

  /** The configuration. */
  public HostRoutes routes() {
    return routes;
  }

  /** The calling workload. */
  public Source source() {
    return source;
  }

  /**
   * Whether a call may be sent to the host without a look into it, as one that the app encrypts
   * must be: no rule asks what is in it or changes it.
   */
  public boolean forwardsUnread() {
    return forwardsUnread;
  }

  /**
   * Where a connection goes that is not looked into, or null where no rule takes it: it goes on as
   * it was.
   *
   * @param sni the name that its TLS greeting asks for, in lower case; empty: none
   * @param destination where the app connected to
   */
  public @Nullable ClusterState connect(String sni, IpAddress destination, RandomSource random) {
    for (TcpPlan plan : connections) {
      if (plan.matches(sni, destination)) {
        return plan.pick(random);
      }
    }
    return null;
  }

  /** Whether where a connection goes depends on the name that its TLS greeting asks for. */
  public boolean asksForServerName() {
    for (TcpRoute route : routes.tcpRoutes()) {
      for (TcpMatch match : route.matches()) {
        if (!match.sniHosts().isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  /** The route of a call, or null where none matches. */
  public RouteTable.@Nullable Matched<RoutePlan> match(CallRequest request) {
    return table.match(request);
  }
}
