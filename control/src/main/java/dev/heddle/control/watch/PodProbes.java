package dev.heddle.control.watch;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What the kubelet asks of a pod by HTTP in plaintext, to know whether it lives and is ready. */
final class PodProbes {

  /** A pod has a handful; who writes more of them gets these only. */
  private static final int MAX_PROBES = 64;

  private PodProbes() {}

  /** Port and request target of each, like {@code 8080/healthz?x=1}. */
  static List<String> of(Pod pod) {
    return pod.getSpec() == null
        ? List.of()
        : Stream.concat(
                pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
            .flatMap(PodProbes::of)
            .distinct()
            .limit(MAX_PROBES)
            .toList();
  }

  private static Stream<String> of(Container container) {
    return Stream.of(
            container.getStartupProbe(),
            container.getLivenessProbe(),
            container.getReadinessProbe())
        .filter(Objects::nonNull)
        .map(Probe::getHttpGet)
        .filter(get -> get != null && !"HTTPS".equals(get.getScheme()))
        .flatMap(get -> port(get, container).map(port -> port + path(get)));
  }

  private static String path(HTTPGetAction get) {
    String path = Objects.requireNonNullElse(get.getPath(), "/");
    return path.startsWith("/") ? path : "/" + path;
  }

  private static Stream<Integer> port(HTTPGetAction get, Container container) {
    IntOrString port = get.getPort();
    if (port == null) {
      return Stream.empty();
    }
    return port.getIntVal() != null
        ? Stream.of(port.getIntVal())
        : container.getPorts().stream()
            .filter(named -> Objects.equals(named.getName(), port.getStrVal()))
            .map(ContainerPort::getContainerPort)
            .limit(1);
  }
}
