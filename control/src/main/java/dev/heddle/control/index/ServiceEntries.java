package dev.heddle.control.index;

import dev.heddle.control.config.ConfigObject.PodObject;
import dev.heddle.control.config.ConfigState;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.rules.ServiceEntry;
import dev.heddle.rules.WorkloadEntry;
import dev.heddle.rules.serviceentry.Resolution;
import dev.heddle.rules.serviceentry.ServiceEntrySpec;
import dev.heddle.rules.serviceentry.ServicePort;
import dev.heddle.rules.serviceentry.WorkloadEntrySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Services of ServiceEntries: Istio {@code ServiceEntry}, {@code WorkloadEntry}. */
final class ServiceEntries {

  private final ConfigState state;

  ServiceEntries(ConfigState state) {
    this.state = state;
  }

  Stream<CatalogService> all() {
    return state.rules(ServiceEntry.class).flatMap(this::services);
  }

  private Stream<CatalogService> services(ServiceEntry entry) {
    return entry.spec().hosts().stream().map(host -> service(entry, host));
  }

  private CatalogService service(ServiceEntry entry, String host) {
    ServiceEntrySpec spec = entry.spec();
    String namespace = entry.metadata().namespace();
    SortedMap<Integer, List<Endpoint>> ports = new TreeMap<>();
    for (ServicePort port : spec.ports()) {
      ports.put(number(port), endpoints(entry, host, port));
    }
    return new CatalogService(
        HostNames.inRule(host, namespace), namespace, spec.exportTo(), resolution(spec), ports);
  }

  private static Cluster.Resolution resolution(ServiceEntrySpec spec) {
    Resolution resolution = spec.resolution() == null ? Resolution.NONE : spec.resolution();
    return switch (resolution) {
      case NONE -> Cluster.Resolution.PASSTHROUGH;
      case STATIC -> Cluster.Resolution.STATIC;
      case DNS, DNS_ROUND_ROBIN -> Cluster.Resolution.DNS;
    };
  }

  private List<Endpoint> endpoints(ServiceEntry entry, String host, ServicePort port) {
    ServiceEntrySpec spec = entry.spec();
    List<Endpoint> endpoints = new ArrayList<>();
    for (WorkloadEntrySpec endpoint : spec.endpoints()) {
      endpoints.add(endpoint(endpoint, port));
    }
    if (spec.workloadSelector() != null) {
      endpoints.addAll(selected(entry, spec.workloadSelector().labels(), port));
    }
    boolean byName = resolution(spec) == Cluster.Resolution.DNS && !host.startsWith("*");
    if (endpoints.isEmpty() && byName) {
      endpoints.add(Endpoint.builder().address(host).port(target(port)).build());
    }
    return List.copyOf(endpoints);
  }

  private List<Endpoint> selected(
      ServiceEntry entry, Map<String, String> selector, ServicePort port) {
    String namespace = entry.metadata().namespace();
    Stream<Endpoint> workloads =
        state
            .rules(WorkloadEntry.class)
            .filter(workload -> workload.metadata().namespace().equals(namespace))
            .filter(w -> w.spec().labels().entrySet().containsAll(selector.entrySet()))
            .map(workload -> endpoint(workload.spec(), port));
    Stream<Endpoint> pods =
        state
            .all(PodObject.class)
            .filter(pod -> pod.key().namespace().equals(namespace) && !pod.address().isEmpty())
            .filter(pod -> pod.labels().entrySet().containsAll(selector.entrySet()))
            .map(
                pod ->
                    Endpoint.builder()
                        .address(pod.address())
                        .port(target(port))
                        .labels(pod.labels())
                        .health(pod.ready() ? Endpoint.Health.HEALTHY : Endpoint.Health.UNHEALTHY)
                        .build());
    return Stream.concat(workloads, pods).toList();
  }

  private static Endpoint endpoint(WorkloadEntrySpec entry, ServicePort port) {
    Long own = port.name() == null ? null : entry.ports().get(port.name());
    return Endpoint.builder()
        .address(Objects.requireNonNull(entry.address()))
        .port(own == null ? target(port) : Math.toIntExact(own))
        .labels(entry.labels())
        .weight(entry.weight() == null || entry.weight() < 1 ? 1 : Math.toIntExact(entry.weight()))
        .locality(entry.locality() == null ? "" : entry.locality())
        .build();
  }

  private static int target(ServicePort port) {
    return port.targetPort() == null ? number(port) : Math.toIntExact(port.targetPort());
  }

  /** RuleValidator refuses a port without number. */
  private static int number(ServicePort port) {
    return Math.toIntExact(Objects.requireNonNull(port.number()));
  }
}
