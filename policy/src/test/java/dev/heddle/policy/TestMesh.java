package dev.heddle.policy;

import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.Source;
import dev.heddle.policy.route.WeightedDestination;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRouter;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.Mesh;
import dev.heddle.policy.snapshot.Router;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** A mesh of one host, reviews:9080, as most tests need it. */
public final class TestMesh {

  public static final Destination REVIEWS = Destination.of("reviews.default", 9080, "");
  public static final Source SOURCE =
      Source.of("default", Collections.singletonMap("app", "productpage"), "10.0.0.1");

  private TestMesh() {}

  public static HttpRoute.Builder route() {
    return HttpRoute.builder().destinations(Collections.singletonList(to(REVIEWS, 1)));
  }

  public static WeightedDestination to(Destination destination, int weight) {
    return WeightedDestination.of(destination, weight, HeaderChange.NONE, HeaderChange.NONE);
  }

  public static Cluster.Builder cluster() {
    return Cluster.builder().destination(REVIEWS);
  }

  public static HostRoutes routes(HttpRoute route, Cluster... clusters) {
    return HostRoutes.of(
        "reviews", 9080, Collections.singletonList(route), Arrays.asList(clusters));
  }

  /** That many endpoints, 10.1.0.0 and on. */
  public static HostEndpoints endpoints(int count) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      endpoints.add(endpoint(i).build());
    }
    return HostEndpoints.of(REVIEWS.host(), REVIEWS.port(), endpoints);
  }

  public static Endpoint.Builder endpoint(int number) {
    return Endpoint.builder()
        .address("10.1." + number / 256 + "." + number % 256)
        .port(9080)
        .labels(Collections.singletonMap("version", "v" + (1 + number % 3)));
  }

  public static Router router(HttpRoute route, int endpoints, Cluster... clusters) {
    Router router = new Router(SOURCE, new SeededRandom(1));
    router.update(Mesh.EMPTY.with(routes(route, clusters)).with(endpoints(endpoints)), 0);
    return router;
  }

  public static HostRouter reviews(Router router) {
    return Objects.requireNonNull(router.find("reviews", 9080));
  }
}
