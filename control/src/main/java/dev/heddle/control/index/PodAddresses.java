package dev.heddle.control.index;

import static java.util.stream.Collectors.groupingBy;

import dev.heddle.control.config.ConfigObject.PodObject;
import dev.heddle.control.config.ConfigState;
import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.balance.Endpoint;
import java.util.List;
import java.util.Map;

/**
 * Pods by their own addresses, on ports that no service names. Only those that may speak mesh TLS:
 * to all others a call goes as it is.
 */
final class PodAddresses {

  private record At(IpAddress address, PodObject pod) {}

  private final Map<IpAddress, List<At>> pods;
  private final MeshTls tls;

  PodAddresses(ConfigState state, MeshTls tls) {
    this.tls = tls;
    pods =
        state
            .all(PodObject.class)
            .filter(pod -> !pod.node().isEmpty() && MeshTls.isLabelled(pod.labels()))
            .flatMap(
                pod ->
                    pod.addresses().stream()
                        .map(IpAddress::parse)
                        .filter(address -> address != null)
                        .map(address -> new At(address, pod)))
            .collect(groupingBy(At::address));
  }

  /** The endpoint that a call to this address reaches; none where it is not one pod's alone. */
  List<Endpoint> at(IpAddress address, int port) {
    List<At> there = pods.getOrDefault(address, List.of());
    if (there.size() != 1) {
      return List.of();
    }
    PodObject pod = there.getFirst().pod();
    return List.of(
        tls.endpoint(pod.key().namespace(), pod.labels(), port, pod.serviceAccount())
            .address(address.toString())
            .health(Endpoint.Health.HEALTHY)
            .build());
  }
}
