package dev.heddle.control.index;

import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.balance.Endpoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Endpoints of services by their own addresses, as those call them who found them elsewhere. */
final class EndpointAddresses {

  private record Socket(IpAddress address, int port) {}

  private record Served(CatalogService service, Endpoint endpoint) {}

  private final Map<Socket, List<Served>> bySocket = new HashMap<>();

  void add(CatalogService service) {
    service.ports().values().stream()
        .flatMap(List::stream)
        .forEach(endpoint -> add(service, endpoint));
  }

  private void add(CatalogService service, Endpoint endpoint) {
    IpAddress address = IpAddress.parse(endpoint.address()); // null: a name, or a path
    if (address != null) {
      bySocket
          .computeIfAbsent(new Socket(address, endpoint.port()), socket -> new ArrayList<>())
          .add(new Served(service, endpoint));
    }
  }

  /** What the services that the client sees say of an address; each may expect somebody else. */
  List<Endpoint> at(IpAddress address, int port, String client) {
    return seen(address, port, client).map(Served::endpoint).distinct().toList();
  }

  /**
   * The service without an address of its own that the client sees behind this one; null: none. As
   * in Istio what a DestinationRule says of it holds for calls to its pods.
   */
  @Nullable CatalogService headless(IpAddress address, int port, String client) {
    return seen(address, port, client)
        .map(Served::service)
        .filter(service -> service.addresses().isEmpty())
        .findFirst()
        .orElse(null);
  }

  private Stream<Served> seen(IpAddress address, int port, String client) {
    return bySocket.getOrDefault(new Socket(address, port), List.of()).stream()
        .filter(
            served ->
                Visibility.visible(
                    served.service().exportTo(), served.service().namespace(), client));
  }
}
