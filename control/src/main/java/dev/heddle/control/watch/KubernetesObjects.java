package dev.heddle.control.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.control.config.ConfigObject;
import dev.heddle.control.config.ConfigObject.PodObject;
import dev.heddle.control.config.ConfigObject.Port;
import dev.heddle.control.config.ConfigObject.ServiceObject;
import dev.heddle.control.config.ConfigObject.SliceEndpoint;
import dev.heddle.control.config.ConfigObject.SliceObject;
import dev.heddle.control.config.ObjectKey;
import dev.heddle.policy.authz.IpAddress;
import dev.heddle.rules.Parsed;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Kubernetes' own kinds, read with fabric8's models and kept as our records. */
final class KubernetesObjects {

  private static final String SERVICE_NAME_LABEL = "kubernetes.io/service-name";
  private static final String EXPORT_TO_ANNOTATION = "networking.istio.io/exportTo";

  private static final String DEFAULT_SERVICE_ACCOUNT = "default";

  /** Phases in which no process of a pod runs any more, nor ever will. */
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  /** What Kubernetes calls the address of a service that has none. */
  private static final String HEADLESS = "None";

  private static final int MAX_PORT = 65_535;

  private final ObjectMapper mapper =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /**
   * The object, or empty if its kind has no part in the mesh; JsonProcessingException if malformed.
   */
  Optional<ConfigObject> read(Parsed.Foreign object) throws JsonProcessingException {
    String type = object.apiVersion() + "/" + object.kind();
    ObjectKey key =
        new ObjectKey(object.kind(), object.metadata().namespace(), object.metadata().name());
    return switch (type) {
      case "v1/Service" ->
          Optional.of(service(key, mapper.treeToValue(object.tree(), Service.class)));
      case "v1/Pod" -> Optional.of(pod(key, mapper.treeToValue(object.tree(), Pod.class)));
      case "discovery.k8s.io/v1/EndpointSlice" ->
          Optional.of(slice(key, mapper.treeToValue(object.tree(), EndpointSlice.class)));
      default -> Optional.empty();
    };
  }

  static ConfigObject service(Service service) {
    return service(key("Service", service.getMetadata()), service);
  }

  private static ConfigObject service(ObjectKey key, Service service) {
    List<String> exportTo = exportTo(service.getMetadata().getAnnotations());
    ServiceSpec spec = service.getSpec();
    if (spec == null) {
      return new ServiceObject(key, List.of(), Map.of(), exportTo, List.of(), "");
    }
    List<Port> ports = spec.getPorts().stream().map(KubernetesObjects::port).toList();
    Map<String, String> selector = spec.getSelector();
    return new ServiceObject(
        key,
        ports,
        selector == null ? Map.of() : Map.copyOf(selector),
        exportTo,
        clusterAddresses(spec),
        "ExternalName".equals(spec.getType()) ? externalName(spec.getExternalName()) : "");
  }

  private static ObjectKey key(String kind, ObjectMeta metadata) {
    return new ObjectKey(kind, metadata.getNamespace(), metadata.getName());
  }

  private static List<String> clusterAddresses(ServiceSpec spec) {
    return Stream.concat(Stream.ofNullable(spec.getClusterIP()), spec.getClusterIPs().stream())
        .filter(address -> !address.isEmpty() && !address.equals(HEADLESS))
        .distinct()
        .map(KubernetesObjects::address)
        .toList();
  }

  private static String address(String text) {
    if (IpAddress.parse(text) == null) {
      throw new IllegalArgumentException(
          "spec.clusterIPs has " + text + " (expected: IP addresses, or None)");
    }
    return text;
  }

  private static List<String> exportTo(@Nullable Map<String, String> annotations) {
    String written = annotations == null ? null : annotations.get(EXPORT_TO_ANNOTATION);
    return written == null || written.isBlank()
        ? List.of()
        : Arrays.stream(written.split(",", -1)).map(String::strip).toList();
  }

  private static String externalName(@Nullable String name) {
    if (name == null || name.isEmpty()) {
      throw new IllegalArgumentException(
          "spec.externalName is absent (expected: a host, as the type is ExternalName)");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  private static Port port(ServicePort port) {
    int own = number("spec.ports.port", port.getPort());
    var target = port.getTargetPort();
    Integer number = target == null ? port.getPort() : target.getIntVal();
    String name = target == null ? null : target.getStrVal();
    return new Port(
        own,
        Objects.requireNonNullElse(port.getName(), ""),
        number == null ? 0 : number("spec.ports.targetPort", number),
        Objects.requireNonNullElse(name, ""),
        Objects.requireNonNullElse(port.getAppProtocol(), ""));
  }

  private static int number(String field, @Nullable Integer port) {
    if (port == null || port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          field + " is " + port + " (expected: 1 to " + MAX_PORT + ")");
    }
    return port;
  }

  static ConfigObject slice(EndpointSlice slice) {
    return slice(key("EndpointSlice", slice.getMetadata()), slice);
  }

  private static ConfigObject slice(ObjectKey key, EndpointSlice slice) {
    Map<String, Integer> ports = new HashMap<>();
    for (EndpointPort port : orEmpty(slice.getPorts())) {
      if (port.getPort() != null) {
        ports.put(
            Objects.requireNonNullElse(port.getName(), ""), number("ports.port", port.getPort()));
      }
    }
    Map<String, String> labels = slice.getMetadata().getLabels();
    String service = labels == null ? "" : labels.getOrDefault(SERVICE_NAME_LABEL, "");
    return new SliceObject(
        key,
        service,
        Map.copyOf(ports),
        orEmpty(slice.getEndpoints()).stream().map(KubernetesObjects::endpoint).toList());
  }

  /** An API server writes null for ports and endpoints of a slice that has none. */
  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static SliceEndpoint endpoint(Endpoint endpoint) {
    // Kubernetes: readiness that is not told counts as ready.
    boolean ready =
        endpoint.getConditions() == null
            || !Boolean.FALSE.equals(endpoint.getConditions().getReady());
    boolean isPod =
        endpoint.getTargetRef() != null && "Pod".equals(endpoint.getTargetRef().getKind());
    return new SliceEndpoint(
        List.copyOf(endpoint.getAddresses()),
        ready,
        isPod ? endpoint.getTargetRef().getName() : "",
        Objects.requireNonNullElse(endpoint.getZone(), ""));
  }

  static ConfigObject pod(Pod pod) {
    return pod(key("Pod", pod.getMetadata()), pod);
  }

  private static ConfigObject pod(ObjectKey key, Pod pod) {
    Map<String, Integer> named = new HashMap<>();
    if (pod.getSpec() != null) {
      pod.getSpec().getContainers().stream()
          .flatMap(container -> container.getPorts().stream())
          .filter(port -> port.getName() != null)
          .forEach((ContainerPort port) -> named.put(port.getName(), port.getContainerPort()));
    }
    Map<String, String> labels = pod.getMetadata().getLabels();
    return new PodObject(
        key,
        addresses(pod),
        ready(pod),
        labels == null ? Map.of() : Map.copyOf(labels),
        Map.copyOf(named),
        serviceAccount(pod),
        node(pod),
        PodProbes.of(pod));
  }

  private static List<String> addresses(Pod pod) {
    PodStatus status = pod.getStatus();
    return status == null
        ? List.of()
        : Stream.concat(
                Stream.ofNullable(status.getPodIP()), status.getPodIPs().stream().map(PodIP::getIp))
            .filter(ip -> ip != null && !ip.isEmpty())
            .distinct()
            .toList();
  }

  private static String node(Pod pod) {
    String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
    boolean ended =
        pod.getStatus() != null && ENDED.contains(String.valueOf(pod.getStatus().getPhase()));
    return node == null || ended ? "" : node;
  }

  private static String serviceAccount(Pod pod) {
    String named = pod.getSpec() == null ? null : pod.getSpec().getServiceAccountName();
    return named == null || named.isEmpty() ? DEFAULT_SERVICE_ACCOUNT : named;
  }

  private static boolean ready(Pod pod) {
    return pod.getStatus() == null
        || pod.getStatus().getConditions().stream()
            .noneMatch(c -> "Ready".equals(c.getType()) && !"True".equals(c.getStatus()));
  }
}
