package dev.heddle.policy.snapshot;

import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.route.RouteTable;
import org.jspecify.annotations.Nullable;

/** All that decides on calls to one host and port, ready to be asked. */
public final class HostRouter {

  private final HostRoutes routes;
  private final RouteTable<RoutePlan> table;

  HostRouter(HostRoutes routes, RouteTable<RoutePlan> table) {
    this.routes = routes;
    this.table = table;
  }

  /** The configuration. */
  public HostRoutes routes() {
    return routes;
  }

  /** The route of a call, or null where none matches. */
  public RouteTable.@Nullable Matched<RoutePlan> match(CallRequest request) {
    return table.match(request);
  }
}
