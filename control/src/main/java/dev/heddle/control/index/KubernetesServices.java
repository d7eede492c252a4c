package dev.heddle.control.index;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.heddle.control.config.ConfigObject.PodObject;
import dev.heddle.control.config.ConfigObject.Port;
import dev.heddle.control.config.ConfigObject.ServiceObject;
import dev.heddle.control.config.ConfigObject.SliceEndpoint;
import dev.heddle.control.config.ConfigObject.SliceObject;
import dev.heddle.control.config.ConfigState;
import dev.heddle.control.config.ObjectKey;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.snapshot.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Services of Kubernetes with their endpoints: of EndpointSlices, else of Pods by their labels. */
final class KubernetesServices {

  /** By namespace and name of the service. */
  private final Map<List<String>, List<SliceObject>> slices;

  private final Map<String, List<PodObject>> podsByNamespace;
  private final Map<ObjectKey, PodObject> podsByKey;

  /** By namespace and address. */
  private final Map<List<String>, PodObject> podsByAddress;

  private final List<ServiceObject> services;
  private final MeshTls tls;

  KubernetesServices(ConfigState state, MeshTls tls) {
    this.tls = tls;
    slices =
        state
            .all(SliceObject.class)
            .collect(groupingBy(slice -> List.of(slice.key().namespace(), slice.service())));
    podsByNamespace = state.all(PodObject.class).collect(groupingBy(pod -> pod.key().namespace()));
    podsByKey = state.all(PodObject.class).collect(toMap(PodObject::key, pod -> pod));
    podsByAddress =
        state
            .all(PodObject.class)
            .collect(
                toMap(
                    pod -> List.of(pod.key().namespace(), pod.address()),
                    pod -> pod,
                    (first, second) -> first));
    services = state.all(ServiceObject.class).toList();
  }

  Stream<CatalogService> all() {
    return services.stream().filter(s -> s.externalName().isEmpty()).map(this::service);
  }

  /** Services of type ExternalName. */
  Stream<ServiceAlias> aliases() {
    return services.stream()
        .filter(s -> !s.externalName().isEmpty())
        .map(s -> new ServiceAlias(host(s), s.key().namespace(), s.exportTo(), s.externalName()));
  }

  private static String host(ServiceObject service) {
    return HostNames.serviceHost(service.key().name(), service.key().namespace());
  }

  private CatalogService service(ServiceObject service) {
    String namespace = service.key().namespace();
    List<SliceObject> own =
        slices.getOrDefault(List.of(namespace, service.key().name()), List.of());
    SortedMap<Integer, List<Endpoint>> ports = new TreeMap<>();
    for (Port port : service.ports()) {
      ports.put(port.number(), own.isEmpty() ? ofPods(service, port) : ofSlices(own, port));
    }
    return new CatalogService(
        host(service),
        namespace,
        service.exportTo(),
        service.addresses(),
        Cluster.Resolution.STATIC,
        ports,
        service.ports().stream()
            .filter(port -> PortProtocols.isOpaque(port.appProtocol(), port.name()))
            .map(Port::number)
            .collect(toSet()));
  }

  private List<Endpoint> ofSlices(List<SliceObject> slices, Port port) {
    List<Endpoint> endpoints = new ArrayList<>();
    for (SliceObject slice : slices) {
      Integer number = slice.ports().get(port.name());
      if (number == null) {
        continue;
      }
      for (SliceEndpoint endpoint : slice.endpoints()) {
        PodObject pod = pod(slice.key().namespace(), endpoint);
        for (String address : endpoint.addresses()) {
          endpoints.add(
              endpoint(pod, number)
                  .address(address)
                  .locality(endpoint.zone())
                  .health(health(endpoint.ready()))
                  .build());
        }
      }
    }
    return List.copyOf(endpoints);
  }

  private List<Endpoint> ofPods(ServiceObject service, Port port) {
    if (service.selector().isEmpty()) {
      return List.of();
    }
    return podsByNamespace.getOrDefault(service.key().namespace(), List.of()).stream()
        .filter(pod -> pod.labels().entrySet().containsAll(service.selector().entrySet()))
        .filter(pod -> !pod.address().isEmpty() && target(port, pod) > 0)
        .map(
            pod ->
                endpoint(pod, target(port, pod))
                    .address(pod.address())
                    .health(health(pod.ready()))
                    .build())
        .toList();
  }

  /** 0 where the pod has no port of the name: Kubernetes makes it no endpoint then. */
  private static int target(Port port, PodObject pod) {
    if (port.targetPort() > 0) {
      return port.targetPort();
    }
    return pod.namedPorts().getOrDefault(port.targetPortName(), 0);
  }

  private @Nullable PodObject pod(String namespace, SliceEndpoint endpoint) {
    if (!endpoint.pod().isEmpty()) {
      return podsByKey.get(new ObjectKey("Pod", namespace, endpoint.pod()));
    }
    return endpoint.addresses().stream()
        .map(address -> podsByAddress.get(List.of(namespace, address)))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private Endpoint.Builder endpoint(@Nullable PodObject pod, int port) {
    return pod == null
        ? Endpoint.builder().port(port)
        : tls.endpoint(pod.key().namespace(), pod.labels(), port, pod.serviceAccount());
  }

  private static Endpoint.Health health(boolean ready) {
    return ready ? Endpoint.Health.HEALTHY : Endpoint.Health.UNHEALTHY;
  }
}
