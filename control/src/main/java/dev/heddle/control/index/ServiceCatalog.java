package dev.heddle.control.index;

import dev.heddle.control.config.ConfigState;
import dev.heddle.policy.authz.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All services, by the hosts that clients call. */
final class ServiceCatalog {

  /** Aliases of aliases that are followed; more, as in a circle, lead to no service. */
  private static final int MAX_ALIASES = 8;

  private final Map<String, List<CatalogService>> byHost = new HashMap<>();
  private final List<CatalogService> wildcards;
  private final ServiceAddresses addresses = new ServiceAddresses();
  private final EndpointAddresses endpoints = new EndpointAddresses();
  private final Map<String, ServiceAlias> aliases = new HashMap<>();

  ServiceCatalog(ConfigState state, MeshTls tls) {
    KubernetesServices kubernetes = new KubernetesServices(state, tls);
    kubernetes.aliases().forEach(alias -> aliases.put(alias.host(), alias));
    Stream.concat(
            kubernetes.all(),
            AllocatedAddresses.given(new ServiceEntries(state, tls).all().toList()).stream())
        .forEach(this::add);
    wildcards =
        byHost.values().stream()
            .flatMap(List::stream)
            .filter(service -> service.host().startsWith("*"))
            .sorted(
                Comparator.comparingInt((CatalogService s) -> HostNames.specificity(s.host()))
                    .reversed())
            .toList();
  }

  private void add(CatalogService service) {
    byHost.computeIfAbsent(service.host(), host -> new ArrayList<>()).add(service);
    addresses.add(service);
    endpoints.add(service);
  }

  /** Addresses, none of them a block, by the hosts that the client sees; its own namespace's. */
  SortedMap<String, List<String>> addresses(String client) {
    SortedMap<String, List<String>> found = new TreeMap<>();
    for (String host : byHost.keySet()) {
      CatalogService service = exact(host, client);
      List<String> single =
          service == null
              ? List.of()
              : service.addresses().stream().filter(a -> IpAddress.parse(a) != null).toList();
      if (!single.isEmpty()) {
        found.put(host, single);
      }
    }
    return found;
  }

  /** The host of the service that has this address and port; null: the client sees none there. */
  @Nullable String at(IpAddress address, int port, String client) {
    return addresses.host(address, port, client);
  }

  /** Endpoints of services by their own addresses. */
  EndpointAddresses endpoints() {
    return endpoints;
  }

  /** Whether the client sees a service of exactly this host, or an alias. */
  boolean names(String host, String client) {
    return alias(host, client) != null || exact(host, client) != null;
  }

  /** The host behind an alias; the host itself where it is none. */
  String behind(String host, String client) {
    String name = host;
    for (int i = 0; i < MAX_ALIASES; i++) {
      ServiceAlias alias = alias(name, client);
      if (alias == null) {
        return name;
      }
      name = alias.target();
    }
    return name;
  }

  private @Nullable ServiceAlias alias(String host, String client) {
    ServiceAlias alias = aliases.get(host);
    return alias != null && Visibility.visible(alias.exportTo(), alias.namespace(), client)
        ? alias
        : null;
  }

  /** The service of exactly this host that the client sees; its own namespace's first. */
  @Nullable CatalogService exact(String host, String client) {
    return byHost.getOrDefault(host, List.of()).stream()
        .filter(s -> Visibility.visible(s.exportTo(), s.namespace(), client))
        .min(
            Comparator.comparing((CatalogService s) -> !s.namespace().equals(client))
                .thenComparing(CatalogService::namespace))
        .orElse(null);
  }

  /** The service with the most specific wildcard that covers the host. */
  @Nullable CatalogService wildcard(String host, String client) {
    return wildcards.stream()
        .filter(s -> HostNames.covers(s.host(), host))
        .filter(s -> Visibility.visible(s.exportTo(), s.namespace(), client))
        .findFirst()
        .orElse(null);
  }

  /** The service of this host, exact before wildcards. */
  @Nullable CatalogService find(String host, String client) {
    CatalogService exact = exact(host, client);
    return exact == null ? wildcard(host, client) : exact;
  }
}
