package dev.heddle.policy.snapshot;

import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.RouteTable;
import dev.heddle.policy.route.Source;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of one workload: a mesh value made ready. Reading is lock-free; {@link #update} is
 * the only writer and keeps what was seen of hosts that stay.
 */
public final class Router {

  private final Source source;
  private volatile Map<String, HostRouter> routers = Collections.emptyMap();
  private Map<Destination, ClusterState> clusters = Collections.emptyMap();
  private Mesh mesh = Mesh.EMPTY;

  /** A router for the calls of this workload, which knows no host yet. */
  public Router(Source source) {
    this.source = source;
  }

  /** The calling workload. */
  public Source source() {
    return source;
  }

  /** What decides on calls to this {@code host:port}, or null if nothing is known of it. */
  public @Nullable HostRouter find(String hostAndPort) {
    return routers.get(hostAndPort);
  }

  /** Every cluster at work, for metrics. */
  public synchronized Map<Destination, ClusterState> clusters() {
    return clusters;
  }

  /**
   * Takes a new mesh value. IllegalArgumentException if a resource cannot be used, with its name;
   * then nothing has changed.
   */
  public synchronized void update(Mesh next, long nowNanos) {
    Map<Destination, ClusterState> states = clusterStates(next, nowNanos);
    Map<String, HostRouter> built = new HashMap<>();
    next.routes().forEach((name, routes) -> built.put(name, router(name, routes, states)));
    clusters = Collections.unmodifiableMap(states);
    mesh = next;
    routers = built;
  }

  private Map<Destination, ClusterState> clusterStates(Mesh next, long nowNanos) {
    Map<Destination, ClusterState> states = new HashMap<>();
    for (HostRoutes routes : next.routes().values()) {
      for (Cluster cluster : routes.clusters()) {
        states.computeIfAbsent(
            cluster.destination(), destination -> state(cluster, next, nowNanos));
      }
    }
    return states;
  }

  private ClusterState state(Cluster cluster, Mesh next, long nowNanos) {
    Destination destination = cluster.destination();
    ClusterState before = clusters.get(destination);
    HostEndpoints endpoints = next.endpoints(destination.host(), destination.port());
    boolean same =
        before != null
            && before.cluster().equals(cluster)
            && endpoints == mesh.endpoints(destination.host(), destination.port());
    if (same) {
      return before;
    }
    List<Endpoint> all = endpoints == null ? Collections.emptyList() : endpoints.endpoints();
    return ClusterState.of(cluster, all, before, nowNanos);
  }

  private HostRouter router(String name, HostRoutes routes, Map<Destination, ClusterState> states) {
    RouteTable.Builder<RoutePlan> table = RouteTable.builder(source);
    try {
      for (HttpRoute route : routes.routes()) {
        table.add(route.matches(), new RoutePlan(route, to -> cluster(states, to)));
      }
      return new HostRouter(routes, table.build());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("routes of " + name + ": " + e.getMessage(), e);
    }
  }

  private static ClusterState cluster(Map<Destination, ClusterState> states, Destination to) {
    ClusterState state = states.get(to);
    if (state == null) {
      throw new IllegalArgumentException(
          "destination " + to + " is named by a route but its cluster is absent");
    }
    return state;
  }
}
