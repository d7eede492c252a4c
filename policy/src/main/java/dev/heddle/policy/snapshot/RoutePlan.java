package dev.heddle.policy.snapshot;

import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.balance.Weights;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.Mirror;
import dev.heddle.policy.route.PathRewrite;
import dev.heddle.policy.route.WeightedDestination;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A route with all that its names stand for already looked up. */
public final class RoutePlan {

  private final HttpRoute route;
  private final @Nullable Weights weights;
  private final List<ClusterState> clusters = new ArrayList<>();
  private final List<ClusterState> mirrorClusters = new ArrayList<>();
  private final @Nullable PathRewrite pathRewrite;

  /** IllegalArgumentException if a destination has no cluster or a part cannot be used. */
  RoutePlan(HttpRoute route, Map<Destination, ClusterState> states) {
    this.route = route;
    List<WeightedDestination> destinations = route.destinations();
    int[] shares = new int[destinations.size()];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = destinations.get(i).weight();
      clusters.add(find(states, destinations.get(i).destination()));
    }
    this.weights = shares.length == 0 ? null : Weights.of(shares);
    for (Mirror mirror : route.mirrors()) {
      mirrorClusters.add(find(states, mirror.destination()));
    }
    this.pathRewrite = route.rewrite() == null ? null : new PathRewrite(route.rewrite());
  }

  private static ClusterState find(Map<Destination, ClusterState> states, Destination to) {
    ClusterState state = states.get(to);
    if (state == null) {
      throw new IllegalArgumentException(
          "destination " + to + " is named by a route but its cluster is absent");
    }
    return state;
  }

  /** The route as configured. */
  public HttpRoute route() {
    return route;
  }

  /** One of the destinations in proportion to their weights, as an index; -1 if there is none. */
  public int pickDestination(RandomSource random) {
    return weights == null ? -1 : weights.pick(random);
  }

  /** The cluster of a destination. */
  public ClusterState cluster(int destination) {
    return clusters.get(destination);
  }

  /** The cluster of a mirror. */
  public ClusterState mirrorCluster(int mirror) {
    return mirrorClusters.get(mirror);
  }

  /** How the path is rewritten, or null. */
  public @Nullable PathRewrite pathRewrite() {
    return pathRewrite;
  }
}
