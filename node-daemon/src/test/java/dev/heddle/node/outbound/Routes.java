package dev.heddle.node.outbound;

import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.TcpRoute;
import dev.heddle.policy.route.WeightedDestination;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.Mesh;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Meshes of tests: the host {@code orders:80} and where its calls go. */
final class Routes {

  static final Destination ORDERS = Destination.of("orders", 80, "");

  /** A service that is called by its address, as bytes. */
  static final InetSocketAddress ADDRESS = OutboundDaemon.loopback(6_379);

  private Routes() {}

  static HttpRoute.Builder toOrders() {
    return HttpRoute.builder().destinations(List.of(to(ORDERS, 100)));
  }

  static WeightedDestination to(Destination destination, int weight) {
    return WeightedDestination.of(destination, weight, HeaderChange.NONE, HeaderChange.NONE);
  }

  static Cluster.Builder orders() {
    return Cluster.builder().destination(ORDERS);
  }

  static Mesh mesh(HttpRoute route, int... ports) {
    return mesh(route, orders().build(), ports);
  }

  static Mesh mesh(HttpRoute route, Cluster cluster, int... ports) {
    return Mesh.EMPTY
        .with(HostRoutes.of("orders", 80, List.of(route), List.of(cluster)))
        .with(endpoints("orders", ports));
  }

  /** All bytes to {@link #ADDRESS} go to orders. */
  static Mesh bytes(Cluster cluster, int... ports) {
    return bytes(false, cluster, ports);
  }

  /** The same of a service that says that they are no HTTP. */
  static Mesh opaqueBytes(Cluster cluster, int... ports) {
    return bytes(true, cluster, ports);
  }

  private static Mesh bytes(boolean opaque, Cluster cluster, int... ports) {
    return Mesh.EMPTY
        .with(
            HostRoutes.of(
                ADDRESS.getAddress().getHostAddress(),
                ADDRESS.getPort(),
                opaque,
                List.of(toOrders().build()),
                List.of(TcpRoute.of(List.of(), List.of(to(ORDERS, 1)))),
                List.of(cluster)))
        .with(endpoints("orders", ports));
  }

  static HostEndpoints endpoints(String host, int... ports) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (int port : ports) {
      endpoints.add(Endpoint.builder().address("127.0.0.1").port(port).build());
    }
    return HostEndpoints.of(host, 80, endpoints);
  }
}
