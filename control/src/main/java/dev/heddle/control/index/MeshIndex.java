package dev.heddle.control.index;

import dev.heddle.control.config.ConfigObject.PodObject;
import dev.heddle.control.config.ConfigState;
import dev.heddle.control.config.ObjectKey;
import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.identity.SpiffeId;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.Mirror;
import dev.heddle.policy.route.TcpRoute;
import dev.heddle.policy.route.WeightedDestination;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import dev.heddle.rules.DestinationRule;
import dev.heddle.rules.VirtualService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** One state of the world, ready to answer what a client of some namespace asks. */
public final class MeshIndex {

  /** Istio's default, which in rules stands for whatever the mesh's own is. */
  public static final String DEFAULT_TRUST_DOMAIN = "cluster.local";

  private final ServiceCatalog services;
  private final RuleLookup rules;
  private final WorkloadPolicies workloads;
  private final NodePods nodes;
  private final PodAddresses pods;
  private final PodsByAddress callers;
  private final ConfigState state;

  /** An index over a state, which never changes, of a mesh with the default trust domain. */
  public MeshIndex(ConfigState state) {
    this(state, DEFAULT_TRUST_DOMAIN, KeySets.NONE);
  }

  /** An index over a state, which never changes. */
  public MeshIndex(ConfigState state, String trustDomain, KeySets keys) {
    this.state = state;
    PeerAuthentications peers = new PeerAuthentications(state);
    MeshTls tls = new MeshTls(peers, trustDomain);
    services = new ServiceCatalog(state, tls);
    pods = new PodAddresses(state, tls);
    rules = new RuleLookup(state);
    workloads = new WorkloadPolicies(state, peers, trustDomain, keys);
    nodes = new NodePods(state);
    callers = new PodsByAddress(state.all(PodObject.class));
  }

  /** The URLs of key sets that rules name. */
  public Set<String> keySetUrls() {
    return workloads.keySetUrls();
  }

  /** The pods that run on a node, in the order of their names. */
  public List<PodObject> pods(String node) {
    return nodes.of(node);
  }

  /** Whether a pod of this identity, which is of this mesh, runs on the node. Any thread. */
  public boolean hosts(String node, SpiffeId identity) {
    return nodes.host(node, identity);
  }

  /** The pod of this name, or null where there is no Pod object. */
  public @Nullable PodObject pod(String namespace, String name) {
    return state.objects().get(new ObjectKey("Pod", namespace, name)) instanceof PodObject pod
        ? pod
        : null;
  }

  /**
   * The name of the only pod at an address, if it runs as this identity; else empty. Any thread.
   */
  public String caller(String address, SpiffeId identity) {
    return callers.name(address, identity);
  }

  /** What a workload of a namespace with these labels must hold to be called. */
  public WorkloadPolicy workload(String namespace, Map<String, String> labels) {
    return workloads.of(namespace, labels);
  }

  /**
   * What decides on calls of a client to a host as its app names it, or null where the mesh does
   * not know the host. IllegalArgumentException if a rule that holds for it cannot be used.
   */
  public @Nullable HostRoutes routes(String client, String host, int port) {
    String name = resolve(client, host, port);
    CatalogService service = services.find(name, client);
    VirtualService rule = rules.virtualService(name, client);
    if (service != null && !service.ports().containsKey(port)) {
      return null; // Istio: rules hold on the ports of their service
    }
    boolean known = service != null || !atAddress(client, name, port).isEmpty();
    RouteCompiler compiler =
        rule == null
            ? null
            : new RouteCompiler(services, rule.metadata().namespace(), client, port);
    boolean opaque = service != null && service.opaquePorts().contains(port);
    List<HttpRoute> routes =
        rule == null || compiler == null || opaque ? List.of() : compiler.routes(rule);
    if (routes.isEmpty() && known) {
      routes = List.of(plain(Destination.of(name, port, "")));
    }
    if (routes.isEmpty()) {
      return null;
    }
    List<TcpRoute> connections = new ArrayList<>();
    if (rule != null && compiler != null) {
      connections.addAll(new TcpRouteCompiler(compiler).routes(rule));
    }
    if (known) {
      connections.add(TcpRoute.of(List.of(), plain(Destination.of(name, port, "")).destinations()));
    }
    return HostRoutes.of(
        host,
        port,
        opaque,
        routes,
        List.copyOf(connections),
        clusters(routes, connections, client));
  }

  /**
   * The full name of what an app calls, by name or by address: a service, or what is behind its
   * alias; else a host that a rule names, else as is.
   */
  private String resolve(String client, String host, int port) {
    IpAddress address = IpAddress.parse(HostNames.unbracketed(host));
    String called = address == null ? null : services.at(address, port, client);
    if (called != null) {
      return called;
    }
    List<String> names = HostNames.asCalled(host, client);
    return names.stream()
        .filter(name -> services.names(name, client))
        .findFirst()
        .map(name -> services.behind(name, client))
        .or(() -> names.stream().filter(name -> rules.namesHost(name, client)).findFirst())
        .orElse(names.get(0));
  }

  static HttpRoute plain(Destination destination) {
    return HttpRoute.builder()
        .destinations(
            List.of(WeightedDestination.of(destination, 100, HeaderChange.NONE, HeaderChange.NONE)))
        .build();
  }

  private List<Cluster> clusters(
      List<HttpRoute> routes, List<TcpRoute> connections, String client) {
    return destinations(routes, connections).stream().map(to -> cluster(to, client)).toList();
  }

  static Set<Destination> destinations(List<HttpRoute> routes, List<TcpRoute> connections) {
    Set<Destination> destinations = destinations(routes);
    TcpRouteCompiler.destinationsOf(connections)
        .map(WeightedDestination::destination)
        .forEach(destinations::add);
    return destinations;
  }

  /** All that the routes lead to or mirror to, each once. */
  static Set<Destination> destinations(List<HttpRoute> routes) {
    Set<Destination> destinations = new LinkedHashSet<>();
    for (HttpRoute route : routes) {
      route.destinations().stream()
          .map(WeightedDestination::destination)
          .forEach(destinations::add);
      route.mirrors().stream().map(Mirror::destination).forEach(destinations::add);
    }
    return destinations;
  }

  private Cluster cluster(Destination destination, String client) {
    CatalogService service = services.find(destination.host(), client);
    CatalogService owner = service == null ? headless(destination, client) : service;
    DestinationRule rule =
        rules.destinationRule(
            service == null && owner != null ? owner.host() : destination.host(),
            client,
            owner == null ? client : owner.namespace());
    Cluster.Resolution resolution =
        service == null ? Cluster.Resolution.STATIC : service.resolution();
    return ClusterCompiler.cluster(destination, resolution, rule);
  }

  private @Nullable CatalogService headless(Destination pod, String client) {
    IpAddress address = IpAddress.parse(pod.host());
    return address == null ? null : services.endpoints().headless(address, pod.port(), client);
  }

  /**
   * Who is called at an address that is no service's: endpoints that speak mesh TLS. Others are
   * called as they are, and nobody need hear of them.
   */
  private List<Endpoint> atAddress(String client, String host, int port) {
    IpAddress address = IpAddress.parse(HostNames.unbracketed(host));
    if (address == null) {
      return List.of();
    }
    List<Endpoint> served =
        services.endpoints().at(address, port, client).stream().filter(Endpoint::meshTls).toList();
    return served.isEmpty()
        ? pods.at(address, port).stream().filter(Endpoint::meshTls).toList()
        : served;
  }

  /** The addresses of all hosts that a client of a namespace may call by one, for its DNS. */
  public SortedMap<String, List<String>> addresses(String client) {
    return services.addresses(client);
  }

  /** The endpoints of a service port or at an address; null where the client sees neither. */
  public @Nullable HostEndpoints endpoints(String client, String host, int port) {
    CatalogService service = services.find(host, client);
    if (service == null) {
      List<Endpoint> there = atAddress(client, host, port);
      return there.isEmpty() ? null : HostEndpoints.of(host, port, there);
    }
    return service.ports().containsKey(port)
        ? HostEndpoints.of(host, port, service.ports().get(port))
        : null;
  }
}
