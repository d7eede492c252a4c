package dev.heddle.control.index;

import dev.heddle.control.config.ConfigState;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.Mirror;
import dev.heddle.policy.route.WeightedDestination;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.rules.DestinationRule;
import dev.heddle.rules.VirtualService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One state of the world, ready to answer what a client of some namespace asks. */
public final class MeshIndex {

  private final ServiceCatalog services;
  private final RuleLookup rules;

  /** An index over a state, which never changes. */
  public MeshIndex(ConfigState state) {
    services = new ServiceCatalog(state);
    rules = new RuleLookup(state);
  }

  /**
   * What decides on calls of a client to a host as its app names it, or null where the mesh does
   * not know the host. IllegalArgumentException if a rule that holds for it cannot be used.
   */
  public @Nullable HostRoutes routes(String client, String host, int port) {
    for (String name : HostNames.asCalled(host, client)) {
      if (services.exact(name, client) != null || rules.virtualService(name, client) != null) {
        return routesOf(client, host, port, name);
      }
    }
    String name = HostNames.asCalled(host, client).get(0);
    return services.wildcard(name, client) == null ? null : routesOf(client, host, port, name);
  }

  private @Nullable HostRoutes routesOf(String client, String host, int port, String name) {
    CatalogService service = services.find(name, client);
    VirtualService rule = rules.virtualService(name, client);
    boolean servesPort = service != null && service.ports().containsKey(port);
    if (rule == null && !servesPort) {
      return null;
    }
    List<HttpRoute> routes =
        rule == null
            ? List.of()
            : new RouteCompiler(services, rule.metadata().namespace(), client, port).routes(rule);
    if (routes.isEmpty()) {
      routes = servesPort ? List.of(plain(Destination.of(name, port, ""))) : List.of();
    }
    return HostRoutes.of(host, port, routes, clusters(routes, client));
  }

  private static HttpRoute plain(Destination destination) {
    return HttpRoute.builder()
        .destinations(
            List.of(WeightedDestination.of(destination, 100, HeaderChange.NONE, HeaderChange.NONE)))
        .build();
  }

  private List<Cluster> clusters(List<HttpRoute> routes, String client) {
    Set<Destination> destinations = new LinkedHashSet<>();
    for (HttpRoute route : routes) {
      route.destinations().stream()
          .map(WeightedDestination::destination)
          .forEach(destinations::add);
      route.mirrors().stream().map(Mirror::destination).forEach(destinations::add);
    }
    List<Cluster> clusters = new ArrayList<>();
    for (Destination destination : destinations) {
      clusters.add(cluster(destination, client));
    }
    return List.copyOf(clusters);
  }

  private Cluster cluster(Destination destination, String client) {
    CatalogService service = services.find(destination.host(), client);
    String owner = service == null ? client : service.namespace();
    DestinationRule rule = rules.destinationRule(destination.host(), client, owner);
    Cluster.Resolution resolution =
        service == null ? Cluster.Resolution.STATIC : service.resolution();
    return ClusterCompiler.cluster(destination, resolution, rule);
  }

  /** The endpoints of a service port, or null where the client sees no such service. */
  public @Nullable HostEndpoints endpoints(String client, String host, int port) {
    CatalogService service = services.find(host, client);
    return service == null || !service.ports().containsKey(port)
        ? null
        : HostEndpoints.of(host, port, service.ports().get(port));
  }
}
