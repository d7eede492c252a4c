package dev.heddle.benchmarks.decision;

import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.balance.LoadBalancer;
import dev.heddle.policy.balance.RandomSource;
import dev.heddle.policy.outlier.OutlierDetection;
import dev.heddle.policy.route.CallRequest;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.NamedMatch;
import dev.heddle.policy.route.RouteMatch;
import dev.heddle.policy.route.Source;
import dev.heddle.policy.route.StringMatch;
import dev.heddle.policy.route.WeightedDestination;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.Mesh;
import dev.heddle.policy.snapshot.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One service as a large mesh has it: rules by exact path, prefix and header, two subsets, 100
 * endpoints.
 */
final class SampleMesh {

  private static final String HOST = "reviews.default.svc.cluster.local";
  private static final int PORT = 9080;
  private static final int ENDPOINTS = 100;
  private static final long SECOND = 1_000_000_000L;

  private SampleMesh() {}

  static Router router(int rules, LoadBalancer balancer, RandomSource random) {
    List<HttpRoute> routes = new ArrayList<>();
    for (int i = 0; i < rules - 1; i++) {
      routes.add(route(List.of(match(i))));
    }
    routes.add(route(List.of()));
    List<Endpoint> endpoints =
        IntStream.range(0, ENDPOINTS)
            .mapToObj(
                i ->
                    Endpoint.builder()
                        .address("10.1.0." + i)
                        .port(PORT)
                        .labels(Map.of("app", "reviews", "tier", "all"))
                        .build())
            .toList();
    Router router = new Router(Source.of("default", Map.of("app", "productpage"), ""), random);
    router.update(
        Mesh.EMPTY
            .with(
                HostRoutes.of(
                    "reviews",
                    PORT,
                    routes,
                    List.of(cluster("v1", balancer), cluster("v2", balancer))))
            .with(HostEndpoints.of(HOST, PORT, endpoints)),
        System.nanoTime());
    return router;
  }

  /** Even rules are exact paths, odd ones prefixes; every tenth asks for a header as well. */
  private static RouteMatch match(int i) {
    StringMatch uri =
        i % 2 == 0
            ? StringMatch.of(StringMatch.Kind.EXACT, "/exact/" + i)
            : StringMatch.of(StringMatch.Kind.PREFIX, "/prefix/" + i + "/");
    RouteMatch.Builder match = RouteMatch.builder().uri(uri);
    if (i % 10 == 0) {
      match.headers(
          List.of(NamedMatch.of("end-user", StringMatch.of(StringMatch.Kind.EXACT, "jason"))));
    }
    return match.build();
  }

  private static HttpRoute route(List<RouteMatch> matches) {
    return HttpRoute.builder()
        .matches(matches)
        .destinations(List.of(weighted("v1", 90), weighted("v2", 10)))
        .build();
  }

  private static WeightedDestination weighted(String subset, int weight) {
    return WeightedDestination.of(
        Destination.of(HOST, PORT, subset), weight, HeaderChange.NONE, HeaderChange.NONE);
  }

  private static Cluster cluster(String subset, LoadBalancer balancer) {
    return Cluster.builder()
        .destination(Destination.of(HOST, PORT, subset))
        .subsetLabels(Map.of("tier", "all"))
        .loadBalancer(balancer)
        .outlierDetection(
            OutlierDetection.builder()
                .consecutive5xx(5)
                .intervalNanos(10 * SECOND)
                .baseEjectionNanos(30 * SECOND)
                .maxEjectionPercent(10)
                .build())
        .build();
  }

  static CallRequest request(String path) {
    return new Request(path, Map.of("end-user", "jason", "accept", "*/*"));
  }

  private record Request(String path, Map<String, String> headers) implements CallRequest {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String scheme() {
      return "http";
    }

    @Override
    public String authority() {
      return "reviews:9080";
    }

    @Override
    public int port() {
      return PORT;
    }

    @Override
    public @Nullable String header(String lowerCaseName) {
      return headers.get(lowerCaseName);
    }
  }
}
