package dev.heddle.agent.core.socket;

import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.TcpRoute;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.Mesh;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The addresses with which mesh TLS is spoken, of all that is held of the mesh: so a connection
 * needs no more than its address, whoever makes it. One that two clusters share speaks it if it
 * does for one of them, for nothing may go out in clear by accident.
 */
final class MeshEndpoints {

  /** What {@code InetAddress.getByName} takes without asking DNS. */
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private volatile Map<InetSocketAddress, OutboundTls> endpoints = Collections.emptyMap();

  /** This is what is held now. */
  void use(Mesh mesh) {
    Map<InetSocketAddress, OutboundTls> next = new HashMap<>();
    for (HostRoutes routes : mesh.routes().values()) {
      for (Cluster cluster : routes.clusters()) {
        Destination to = cluster.destination();
        HostEndpoints held = mesh.endpoints(to.host(), to.port());
        if (held != null) {
          held.endpoints().forEach(endpoint -> add(cluster, endpoint, next));
        }
      }
      addService(routes, mesh, next);
    }
    endpoints = next;
  }

  /**
   * The address of a service: which endpoint is behind it the kernel chooses for each connection,
   * so all must speak mesh TLS for it to be spoken there.
   */
  private static void addService(
      HostRoutes routes, Mesh mesh, Map<InetSocketAddress, OutboundTls> addresses) {
    if (routes.tcpRoutes().isEmpty() || !LITERAL.matcher(routes.host()).matches()) {
      return;
    }
    TcpRoute plain = routes.tcpRoutes().get(routes.tcpRoutes().size() - 1);
    Destination to = plain.destinations().get(0).destination();
    HostEndpoints held = mesh.endpoints(to.host(), to.port());
    for (Cluster cluster : routes.clusters()) {
      if (held != null
          && !held.endpoints().isEmpty()
          && cluster.destination().equals(to)
          && held.endpoints().stream().allMatch(cluster::speaksMeshTls)) {
        held.endpoints()
            .forEach(endpoint -> add(cluster, endpoint, routes.host(), routes.port(), addresses));
      }
    }
  }

  private static void add(
      Cluster cluster, Endpoint endpoint, Map<InetSocketAddress, OutboundTls> addresses) {
    if (cluster.speaksMeshTls(endpoint) && LITERAL.matcher(endpoint.address()).matches()) {
      add(cluster, endpoint, endpoint.address(), endpoint.port(), addresses);
    }
  }

  private static void add(
      Cluster cluster,
      Endpoint endpoint,
      String address,
      int port,
      Map<InetSocketAddress, OutboundTls> addresses) {
    Set<String> identities = new TreeSet<>(cluster.identities(endpoint));
    addresses.merge(
        socket(address, port),
        OutboundTls.of(identities, cluster.meshServerName()),
        OutboundTls::or);
  }

  private static InetSocketAddress socket(String address, int port) {
    try {
      return new InetSocketAddress(InetAddress.getByName(address), port);
    } catch (UnknownHostException e) {
      return InetSocketAddress.createUnresolved(address, port);
    }
  }

  /** How to speak to an address; null: it is no endpoint that speaks mesh TLS. */
  @Nullable OutboundTls find(InetSocketAddress remote) {
    return endpoints.get(remote);
  }
}
