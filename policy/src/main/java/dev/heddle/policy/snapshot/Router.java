package dev.heddle.policy.snapshot;

import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.Source;
import java.util.ArrayList;
import java.util.Arrays;
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
  private final RandomSource random;
  private volatile Map<String, HostRouter[]> routers = Collections.emptyMap();
  private volatile Map<Destination, ClusterState> clusters = Collections.emptyMap();

  /** A router for the calls of this workload, which knows no host yet. */
  public Router(Source source, RandomSource random) {
    this.source = source;
    this.random = random;
  }

  /**
   * Refuses what {@link #update} would refuse, so that a client can ask before it acknowledges:
   * IllegalArgumentException with the reason.
   */
  public static void check(HostRoutes routes) {
    Source anyone = Source.of("", Collections.emptyMap(), "");
    new Router(anyone, bound -> 0).update(Mesh.EMPTY.with(routes), 0);
  }

  /** What decides on calls to this host, in lower case, and port; null if nothing is known. */
  public @Nullable HostRouter find(String host, int port) {
    HostRouter[] ports = routers.get(host);
    if (ports != null) {
      for (HostRouter router : ports) {
        if (router.routes().port() == port) {
          return router;
        }
      }
    }
    return null;
  }

  /** What is held of each host and port, for people who ask. */
  public List<HostRoutes> held() {
    List<HostRoutes> held = new ArrayList<>();
    for (HostRouter[] ports : routers.values()) {
      for (HostRouter router : ports) {
        held.add(router.routes());
      }
    }
    return held;
  }

  /** Every cluster at work, for metrics. */
  public Map<Destination, ClusterState> clusters() {
    return clusters;
  }

  /**
   * Takes a new mesh value. IllegalArgumentException if a resource cannot be used, with its name;
   * then nothing has changed.
   */
  public synchronized void update(Mesh mesh, long nowNanos) {
    Map<Destination, ClusterState> states = states(mesh, nowNanos);
    Map<String, HostRouter[]> next = new HashMap<>();
    for (HostRoutes routes : mesh.routes().values()) {
      HostRouter[] router = {router(routes, states)};
      next.merge(routes.host(), router, Router::concat);
    }
    // Behind this line nothing fails.
    states.forEach(
        (to, state) -> state.take(mesh.endpoints(to.host(), to.port()), nowNanos, random));
    clusters = Collections.unmodifiableMap(states);
    routers = next;
  }

  private Map<Destination, ClusterState> states(Mesh mesh, long nowNanos) {
    Map<Destination, ClusterState> states = new HashMap<>();
    for (HostRoutes routes : mesh.routes().values()) {
      for (Cluster cluster : routes.clusters()) {
        states.computeIfAbsent(cluster.destination(), to -> state(cluster, nowNanos));
      }
    }
    return states;
  }

  private ClusterState state(Cluster cluster, long nowNanos) {
    ClusterState before = clusters.get(cluster.destination());
    return before != null && before.cluster().equals(cluster)
        ? before
        : ClusterState.of(cluster, before, nowNanos, random);
  }

  private HostRouter router(HostRoutes routes, Map<Destination, ClusterState> states) {
    HostRouter before = find(routes.host(), routes.port());
    return before != null && before.routes().equals(routes) && unchanged(routes, states)
        ? before
        : HostRouter.of(routes, source, states);
  }

  private boolean unchanged(HostRoutes routes, Map<Destination, ClusterState> states) {
    for (Cluster cluster : routes.clusters()) {
      Destination to = cluster.destination();
      if (states.get(to) != clusters.get(to)) {
        return false;
      }
    }
    return true;
  }

  private static HostRouter[] concat(HostRouter[] first, HostRouter[] second) {
    HostRouter[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
