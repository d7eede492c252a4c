package dev.heddle.control.index;

import dev.heddle.control.config.ConfigState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All services, by the hosts that clients call. */
final class ServiceCatalog {

  private final Map<String, List<CatalogService>> byHost = new HashMap<>();
  private final List<CatalogService> wildcards;

  ServiceCatalog(ConfigState state) {
    Stream.concat(new KubernetesServices(state).all(), new ServiceEntries(state).all())
        .forEach(s -> byHost.computeIfAbsent(s.host(), host -> new ArrayList<>()).add(s));
    wildcards =
        byHost.values().stream()
            .flatMap(List::stream)
            .filter(service -> service.host().startsWith("*"))
            .sorted(
                Comparator.comparingInt((CatalogService s) -> HostNames.specificity(s.host()))
                    .reversed())
            .toList();
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
