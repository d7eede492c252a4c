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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Services of ServiceEntries: Istio {@code ServiceEntry}, {@code WorkloadEntry}. */
final class ServiceEntries {

  private static final int MAX_PORT = 65_535;

  /** A host as one namespace's entries name it. */
  record HostOfNamespace(String host, String namespace) {}

  /** A port as the first entry names it, and the endpoints of all entries, each once. */
  private record MergedPort(@Nullable String name, boolean opaque, Set<Endpoint> endpoints) {
    MergedPort(ServicePort port) {
      this(port.name(), PortProtocols.isOpaque(port.protocol()), new LinkedHashSet<>());
    }
  }

  private final ConfigState state;
  private final MeshTls tls;

  ServiceEntries(ConfigState state, MeshTls tls) {
    this.state = state;
    this.tls = tls;
  }

  Stream<CatalogService> all() {
    return byHost(state).entrySet().stream().map(of -> service(of.getKey(), of.getValue()));
  }

  /** The entries of each host, oldest first. */
  static Map<HostOfNamespace, List<ServiceEntry>> byHost(ConfigState state) {
    Map<HostOfNamespace, List<ServiceEntry>> byHost = new LinkedHashMap<>();
    state
        .rules(ServiceEntry.class)
        .sorted(Comparator.comparing(ServiceEntry::metadata, RuleLookup.OLDEST_FIRST))
        .forEach(
            entry ->
                hosts(entry)
                    .forEach(h -> byHost.computeIfAbsent(h, k -> new ArrayList<>()).add(entry)));
    return byHost;
  }

  private static Stream<HostOfNamespace> hosts(ServiceEntry entry) {
    String namespace = entry.metadata().namespace();
    return entry.spec().hosts().stream()
        .map(host -> new HostOfNamespace(HostNames.inRule(host, namespace), namespace))
        .distinct();
  }

  /**
   * The oldest entry of a host with what the others of its namespace add: further ports, and
   * further endpoints of a port of the same number and name. As in Istio ({@code canMergeServices})
   * those add nothing that differ in resolution, visibility, labels or selector.
   */
  private CatalogService service(HostOfNamespace host, List<ServiceEntry> oldestFirst) {
    ServiceEntry oldest = oldestFirst.get(0);
    SortedMap<Integer, MergedPort> ports = new TreeMap<>();
    Set<String> addresses = new LinkedHashSet<>();
    for (ServiceEntry entry : oldestFirst) {
      if (difference(oldest, entry) != null) {
        continue;
      }
      addresses.addAll(entry.spec().addresses());
      for (ServicePort port : entry.spec().ports()) {
        MergedPort merged = ports.computeIfAbsent(number(port.number()), n -> new MergedPort(port));
        if (Objects.equals(merged.name, port.name())) {
          merged.endpoints.addAll(endpoints(entry, host.host(), port));
        }
      }
    }
    SortedMap<Integer, List<Endpoint>> endpoints = new TreeMap<>();
    Set<Integer> opaque = new LinkedHashSet<>();
    ports.forEach(
        (number, port) -> {
          endpoints.put(number, List.copyOf(port.endpoints));
          if (port.opaque) {
            opaque.add(number);
          }
        });
    return new CatalogService(
        host.host(),
        host.namespace(),
        oldest.spec().exportTo(),
        List.copyOf(addresses),
        resolution(oldest.spec()),
        endpoints,
        opaque);
  }

  /** In what an entry differs so that it does not merge with the oldest of its host, null: none. */
  static @Nullable String difference(ServiceEntry oldest, ServiceEntry entry) {
    if (resolution(entry.spec()) != resolution(oldest.spec())) {
      return "resolution";
    }
    if (!Set.copyOf(entry.spec().exportTo()).equals(Set.copyOf(oldest.spec().exportTo()))) {
      return "exportTo";
    }
    if (!Objects.equals(entry.spec().workloadSelector(), oldest.spec().workloadSelector())) {
      return "workloadSelector";
    }
    return entry.metadata().labels().equals(oldest.metadata().labels()) ? null : "labels";
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
    EndpointTls identity = new EndpointTls(tls, entry);
    for (WorkloadEntrySpec endpoint : spec.endpoints()) {
      endpoints.add(identity.of(endpoint, endpoint(endpoint, port)));
    }
    if (spec.workloadSelector() != null) {
      endpoints.addAll(selected(entry, spec.workloadSelector().labels(), port, identity));
    }
    boolean byName = resolution(spec) == Cluster.Resolution.DNS && !host.startsWith("*");
    if (endpoints.isEmpty() && byName) {
      endpoints.add(Endpoint.builder().address(host).port(target(port)).build());
    }
    return List.copyOf(endpoints);
  }

  private List<Endpoint> selected(
      ServiceEntry entry, Map<String, String> selector, ServicePort port, EndpointTls identity) {
    String namespace = entry.metadata().namespace();
    Stream<Endpoint> workloads =
        state
            .rules(WorkloadEntry.class)
            .filter(workload -> workload.metadata().namespace().equals(namespace))
            .filter(w -> w.spec().labels().entrySet().containsAll(selector.entrySet()))
            .map(workload -> identity.of(workload.spec(), endpoint(workload.spec(), port)));
    Stream<Endpoint> pods =
        state
            .all(PodObject.class)
            .filter(pod -> pod.key().namespace().equals(namespace) && !pod.address().isEmpty())
            .filter(pod -> pod.labels().entrySet().containsAll(selector.entrySet()))
            .map(pod -> identity.of(pod, endpoint(pod, port)));
    return Stream.concat(workloads, pods).toList();
  }

  /** IllegalArgumentException if an endpoint has a port or weight that none can have. */
  static void check(WorkloadEntrySpec entry) {
    entry.ports().values().forEach(ServiceEntries::number);
    endpoint(entry, new ServicePort(1L, null, null, null));
  }

  private static Endpoint endpoint(WorkloadEntrySpec entry, ServicePort port) {
    Long own = port.name() == null ? null : entry.ports().get(port.name());
    return Endpoint.builder()
        .address(Objects.requireNonNull(entry.address(), "an endpoint has no address"))
        .port(own == null ? target(port) : number(own))
        .labels(entry.labels())
        .weight(entry.weight() == null || entry.weight() < 1 ? 1 : Math.toIntExact(entry.weight()))
        .locality(entry.locality() == null ? "" : entry.locality())
        .build();
  }

  private static Endpoint endpoint(PodObject pod, ServicePort port) {
    return Endpoint.builder()
        .address(pod.address())
        .port(target(port))
        .labels(pod.labels())
        .health(pod.ready() ? Endpoint.Health.HEALTHY : Endpoint.Health.UNHEALTHY)
        .build();
  }

  private static int target(ServicePort port) {
    return number(port.targetPort() == null ? port.number() : port.targetPort());
  }

  private static int number(@Nullable Long port) {
    if (port == null || port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("port is " + port + " (expected: 1 to " + MAX_PORT + ")");
    }
    return Math.toIntExact(port);
  }
}
