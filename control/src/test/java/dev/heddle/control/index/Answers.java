package dev.heddle.control.index;

import dev.heddle.control.watch.YamlState;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import java.util.List;
import java.util.Objects;

/** What an index answers, as tests look at it. */
final class Answers {

  private Answers() {}

  static MeshIndex index(String... documents) {
    return new MeshIndex(YamlState.of(documents));
  }

  static HostRoutes routes(MeshIndex index, String client, String host, int port) {
    return Objects.requireNonNull(index.routes(client, host, port), "no routes");
  }

  static List<Destination> destinations(HostRoutes routes) {
    return List.copyOf(MeshIndex.destinations(routes.routes()));
  }

  static List<String> endpoints(MeshIndex index, String host, int port) {
    HostEndpoints found = Objects.requireNonNull(index.endpoints("shop", host, port), "none");
    return found.endpoints().stream().map(e -> e.address() + ":" + e.port()).toList();
  }
}
