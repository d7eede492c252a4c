package dev.heddle.control.client;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.heddle.api.codec.ClusterDecoder;
import dev.heddle.api.codec.HostPort;
import dev.heddle.api.codec.ResourceType;
import dev.heddle.api.discovery.Resource;
import dev.heddle.api.v1.Endpoints;
import dev.heddle.api.v1.Names;
import dev.heddle.api.v1.NodePods;
import dev.heddle.api.v1.Routes;
import dev.heddle.api.v1.Workload;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.Mesh;
import dev.heddle.policy.snapshot.Router;
import java.security.cert.CertificateException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is followed and what is held of it. Knows no stream; not for several threads. */
final class HeldResources {

  private final Map<String, Map<String, Resource>> byType = new HashMap<>();
  private final Map<String, Set<String>> absent = new HashMap<>();
  private final Set<String> followedRoutes = new LinkedHashSet<>();
  private Mesh mesh = Mesh.EMPTY;
  private Mesh usable = Mesh.EMPTY;
  private final HeldTrust trust = new HeldTrust();
  private final HeldNode node = new HeldNode();
  private final HeldNames names = new HeldNames();
  private final HeldWorkload workload = new HeldWorkload();

  /**
   * What calls can be decided by: everything held, but of a host whose new routes lead to endpoints
   * that are still on their way, the routes before.
   */
  Mesh usable() {
    return usable;
  }

  /**
   * False if the host is followed already, is none, or as many are followed as may be. Of these the
   * mesh must know all: hosts that it does not know make room, the one asked about first before.
   */
  boolean follow(String host, int port) {
    String name = Mesh.name(host, port);
    return host.length() <= ClientLimits.MAX_HOST_CHARS
        && !followedRoutes.contains(name)
        && (followedRoutes.size() < ClientLimits.MAX_HOSTS || forgetUnknown())
        && followedRoutes.add(name);
  }

  private boolean forgetUnknown() {
    Set<String> unknown = absent(ResourceType.ROUTES);
    for (Iterator<String> names = followedRoutes.iterator(); names.hasNext(); ) {
      String name = names.next();
      if (unknown.remove(name)) {
        names.remove();
        return true;
      }
    }
    return false;
  }

  /** The roots of the mesh. */
  HeldTrust trust() {
    return trust;
  }

  /** The pods of this node. */
  HeldNode node() {
    return node;
  }

  /** What DNS answers for hosts of the mesh. */
  HeldNames names() {
    return names;
  }

  /** What this process must hold to be called. */
  HeldWorkload workload() {
    return workload;
  }

  /** Whether the control service is asked about the host. */
  boolean follows(String host, int port) {
    return followedRoutes.contains(Mesh.name(host, port));
  }

  /** Names to be followed of a type: routes as asked for, endpoints of all clusters they name. */
  Set<String> followed(String type) {
    switch (type) {
      case ResourceType.ROUTES:
        return followedRoutes;
      case ResourceType.TRUST_BUNDLE:
        return trust.followed();
      case ResourceType.NODE_PODS:
        return node.followed();
      case ResourceType.NAMES:
        return names.followed();
      case ResourceType.WORKLOAD:
        return workload.followed();
      default:
        return endpointNames();
    }
  }

  private Set<String> endpointNames() {
    Set<String> names = new LinkedHashSet<>();
    addEndpointNames(mesh, names);
    addEndpointNames(usable, names); // calls go there until the new ones are complete
    return names;
  }

  private static void addEndpointNames(Mesh mesh, Set<String> names) {
    for (HostRoutes routes : mesh.routes().values()) {
      for (Cluster cluster : routes.clusters()) {
        if (cluster.resolution() != Cluster.Resolution.PASSTHROUGH) {
          Destination to = cluster.destination();
          names.add(Mesh.name(to.host(), to.port()));
        }
      }
    }
  }

  /** The versions held, for a server that must not send them again. */
  Map<String, String> versions(String type, Collection<String> names) {
    Map<String, String> versions = new HashMap<>();
    held(type)
        .forEach(
            (name, resource) -> {
              if (names.contains(name)) {
                versions.put(name, resource.getVersion());
              }
            });
    return versions;
  }

  /** The versions held of a type, by name. */
  Map<String, String> versions(String type) {
    return versions(type, held(type).keySet());
  }

  /** Takes a resource; IllegalArgumentException with the reason if it cannot be used. */
  void take(String type, Resource resource) {
    try {
      decode(type, resource);
    } catch (InvalidProtocolBufferException | CertificateException | RuntimeException e) {
      throw new IllegalArgumentException(
          resource.getName() + " version " + resource.getVersion() + ": " + e.getMessage(), e);
    }
    held(type).put(resource.getName(), resource);
    absent(type).remove(resource.getName());
    refreshUsable();
  }

  private void decode(String type, Resource resource)
      throws InvalidProtocolBufferException, CertificateException {
    if (type.equals(ResourceType.ROUTES)) {
      HostRoutes routes =
          ClusterDecoder.decode(Routes.parseFrom(resource.getResource().getValue()));
      Router.check(routes);
      mesh = mesh.with(routes);
    } else if (type.equals(ResourceType.TRUST_BUNDLE)) {
      trust.take(dev.heddle.api.v1.TrustBundle.parseFrom(resource.getResource().getValue()));
    } else if (type.equals(ResourceType.NODE_PODS)) {
      node.take(resource.getName(), NodePods.parseFrom(resource.getResource().getValue()));
    } else if (type.equals(ResourceType.NAMES)) {
      names.take(Names.parseFrom(resource.getResource().getValue()));
    } else if (type.equals(ResourceType.WORKLOAD)) {
      workload.take(resource.getName(), Workload.parseFrom(resource.getResource().getValue()));
    } else {
      mesh =
          mesh.with(ClusterDecoder.decode(Endpoints.parseFrom(resource.getResource().getValue())));
    }
  }

  /** The control service knows no such resource; but of hosts, the last told holds. */
  void remove(String type, String name) {
    held(type).remove(name);
    absent(type).add(name);
    if (type.equals(ResourceType.WORKLOAD)) {
      workload.remove(name);
      return;
    }
    HostPort parts = HostPort.parse(name);
    if (parts == null) {
      return;
    }
    mesh =
        type.equals(ResourceType.ROUTES)
            ? mesh.withoutRoutes(parts.host(), parts.port())
            : mesh.withoutEndpoints(parts.host(), parts.port());
    refreshUsable();
  }

  private void refreshUsable() {
    Mesh next = mesh;
    for (HostRoutes routes : mesh.routes().values()) {
      if (!complete(routes)) {
        HostRoutes before = usable.routes(routes.host(), routes.port());
        next =
            before == null ? next.withoutRoutes(routes.host(), routes.port()) : next.with(before);
      }
    }
    usable = next;
  }

  /**
   * Whether calls to the host can be decided: it is unknown, or its routes and endpoints are here.
   */
  boolean answered(String host, int port) {
    return usable.routes(host, port) != null
        || absent(ResourceType.ROUTES).contains(Mesh.name(host, port));
  }

  private boolean complete(HostRoutes routes) {
    for (Cluster cluster : routes.clusters()) {
      Destination to = cluster.destination();
      boolean needed = cluster.resolution() != Cluster.Resolution.PASSTHROUGH;
      if (needed
          && mesh.endpoints(to.host(), to.port()) == null
          && !absent(ResourceType.ENDPOINTS).contains(Mesh.name(to.host(), to.port()))) {
        return false;
      }
    }
    return true;
  }

  /** Drops endpoints that no route leads to any more. */
  Set<String> prune() {
    Set<String> unused = new HashSet<>(held(ResourceType.ENDPOINTS).keySet());
    unused.addAll(absent(ResourceType.ENDPOINTS));
    unused.removeAll(endpointNames());
    for (String name : unused) {
      remove(ResourceType.ENDPOINTS, name);
    }
    absent(ResourceType.ENDPOINTS).removeAll(unused);
    return unused;
  }

  Collection<Resource> resources(String type) {
    return Collections.unmodifiableCollection(held(type).values());
  }

  /** Follows again what a file says was followed. */
  void restore(String type, Resource resource) {
    take(type, resource);
    HostPort name = HostPort.parse(resource.getName());
    if (type.equals(ResourceType.ROUTES) && name != null) {
      follow(name.host(), name.port());
    }
  }

  /** Takes over what a file held; nothing else is held yet. */
  void adopt(HeldResources file) {
    byType.putAll(file.byType);
    followedRoutes.addAll(file.followedRoutes);
    trust.adopt(file.trust);
    node.adopt(file.node);
    names.adopt(file.names);
    workload.adopt(file.workload);
    mesh = file.mesh;
    usable = file.usable;
  }

  @Nullable String version(String type, String name) {
    Resource resource = held(type).get(name);
    return resource == null ? null : resource.getVersion();
  }

  private Map<String, Resource> held(String type) {
    return byType.computeIfAbsent(type, t -> new LinkedHashMap<>());
  }

  private Set<String> absent(String type) {
    return absent.computeIfAbsent(type, t -> new HashSet<>());
  }
}
