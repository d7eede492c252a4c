package dev.heddle.agent.core.socket;

import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.route.Destination;
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
    }
    endpoints = next;
  }

  private static void add(
      Cluster cluster, Endpoint endpoint, Map<InetSocketAddress, OutboundTls> addresses) {
    if (cluster.speaksMeshTls(endpoint) && LITERAL.matcher(endpoint.address()).matches()) {
      Set<String> identities = new TreeSet<>(cluster.identities(endpoint));
      addresses.merge(
          address(endpoint), OutboundTls.of(identities, cluster.meshServerName()), OutboundTls::or);
    }
  }

  private static InetSocketAddress address(Endpoint endpoint) {
    try {
      return new InetSocketAddress(InetAddress.getByName(endpoint.address()), endpoint.port());
    } catch (UnknownHostException e) {
      return InetSocketAddress.createUnresolved(endpoint.address(), endpoint.port());
    }
  }

  /** How to speak to an address; null: it is no endpoint that speaks mesh TLS. */
  @Nullable OutboundTls find(InetSocketAddress remote) {
    return endpoints.get(remote);
  }
}
