package dev.heddle.control.index;

import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.authz.IpBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Services by the addresses that clients may call them by: {@code clusterIPs} of a Service, {@code
 * addresses} of a ServiceEntry. As in Istio, a call to one is a call to the host.
 */
final class ServiceAddresses {

  private record Block(IpBlock block, CatalogService service) {}

  private final Map<IpAddress, List<CatalogService>> byAddress = new HashMap<>();
  private final List<Block> blocks = new ArrayList<>();

  /** IllegalArgumentException if an address is none. */
  void add(CatalogService service) {
    for (String text : service.addresses()) {
      IpAddress address = IpAddress.parse(text);
      if (address == null) {
        blocks.add(new Block(IpBlock.parse(text), service));
      } else {
        byAddress.computeIfAbsent(address, a -> new ArrayList<>()).add(service);
      }
    }
  }

  /** The host that the client calls at this address and port; null where it sees none there. */
  @Nullable String host(IpAddress address, int port, String client) {
    CatalogService exact = first(byAddress.getOrDefault(address, List.of()).stream(), port, client);
    if (exact != null) {
      return exact.host();
    }
    CatalogService around =
        first(
            blocks.stream().filter(b -> b.block().contains(address)).map(Block::service),
            port,
            client);
    return around == null ? null : around.host();
  }

  /** Several may share an address: the client's own namespace first. */
  private static @Nullable CatalogService first(
      Stream<CatalogService> services, int port, String client) {
    return services
        .filter(s -> s.ports().containsKey(port))
        .filter(s -> Visibility.visible(s.exportTo(), s.namespace(), client))
        .min(
            Comparator.comparing((CatalogService s) -> !s.namespace().equals(client))
                .thenComparing(CatalogService::namespace)
                .thenComparing(CatalogService::host))
        .orElse(null);
  }
}
