package dev.heddle.policy.call;

import dev.heddle.policy.balance.Balancer;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.balance.Host;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.balance.Tried;
import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.Mirror;
import dev.heddle.policy.route.Rewrite;
import dev.heddle.policy.route.RouteTable;
import dev.heddle.policy.route.WeightedDestination;
import dev.heddle.policy.snapshot.ClusterState;
import dev.heddle.policy.snapshot.RoutePlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a route makes of a request that goes to one of its destinations, and of its response. */
final class Outgoing {

  private final RoutePlan plan;
  private final WeightedDestination destination;
  private final String path;
  private final @Nullable String authority;
  private final HeaderChange inherited;

  Outgoing(RouteTable.Matched<RoutePlan> matched, int destination, CallRequest request) {
    this.plan = matched.route();
    this.destination = plan.route().destinations().get(destination);
    this.path =
        plan.pathRewrite() == null
            ? request.path()
            : plan.pathRewrite().apply(request.path(), matched.match());
    this.authority = authority(plan.route(), this.destination);
    this.inherited = request.inherited();
  }

  /** The nearest one holds: the destination's, then the route's headers, then its rewrite. */
  private static @Nullable String authority(HttpRoute route, WeightedDestination destination) {
    String byDestination = destination.requestHeaders().authority();
    if (byDestination != null) {
      return byDestination;
    }
    String byRoute = route.requestHeaders().authority();
    Rewrite rewrite = route.rewrite();
    return byRoute != null || rewrite == null ? byRoute : rewrite.authority();
  }

  Attempt attempt(
      int number,
      ClusterState cluster,
      @Nullable Endpoint endpoint,
      long timeoutNanos,
      List<MirrorCopy> mirrors) {
    HttpRoute route = plan.route();
    return Attempt.of(
        number,
        cluster.cluster(),
        cluster.limits(),
        endpoint,
        path,
        authority,
        changes(inherited, destination.requestHeaders(), route.requestHeaders()),
        timeoutNanos,
        mirrors);
  }

  List<HeaderChange> responseHeaders(HeaderChange last) {
    return changes(destination.responseHeaders(), plan.route().responseHeaders(), last);
  }

  /** Draws which mirrors get a copy; a mirror without a healthy endpoint gets none. */
  List<MirrorCopy> mirrors(long nowNanos, RandomSource random) {
    List<Mirror> mirrors = plan.route().mirrors();
    if (mirrors.isEmpty()) {
      return Collections.emptyList();
    }
    List<MirrorCopy> copies = new ArrayList<>(mirrors.size());
    for (int i = 0; i < mirrors.size(); i++) {
      if (random.percent(mirrors.get(i).percent())) {
        ClusterState cluster = plan.mirrorCluster(i);
        Host host = cluster.pick(Balancer.NO_HASH, Tried.NONE, nowNanos, random);
        if (host != null) {
          copies.add(MirrorCopy.of(cluster.cluster(), host.endpoint()));
        }
      }
    }
    return Collections.unmodifiableList(copies);
  }

  /** Nearly always there are none: then nothing is allocated. */
  private static List<HeaderChange> changes(HeaderChange a, HeaderChange b, HeaderChange c) {
    if (a.isNone() && b.isNone() && c.isNone()) {
      return Collections.emptyList();
    }
    List<HeaderChange> changes = new ArrayList<>(3);
    addTo(changes, a);
    addTo(changes, b);
    addTo(changes, c);
    return Collections.unmodifiableList(changes);
  }

  private static void addTo(List<HeaderChange> changes, HeaderChange change) {
    if (!change.isNone()) {
      changes.add(change);
    }
  }
}
