package dev.heddle.control.index;

import dev.heddle.control.config.ConfigObject.PodObject;
import dev.heddle.control.config.ConfigState;
import dev.heddle.policy.authz.IpAddress;
import dev.heddle.policy.balance.Endpoint;
import java.util.List;

/**
 * Pods by their own addresses, on ports that no service names. Only those that may speak mesh TLS:
 * to all others a call goes as it is.
 */
final class PodAddresses {

  private final PodsByAddress pods;
  private final MeshTls tls;

  PodAddresses(ConfigState state, MeshTls tls) {
    this.tls = tls;
    pods =
        new PodsByAddress(
            state.all(PodObject.class).filter(pod -> MeshTls.isLabelled(pod.labels())));
  }

  /** The endpoint that a call to this address reaches; none where it is not one pod's alone. */
  List<Endpoint> at(IpAddress address, int port) {
    PodObject pod = pods.only(address);
    if (pod == null) {
      return List.of();
    }
    return List.of(
        tls.endpoint(pod.key().namespace(), pod.labels(), port, pod.serviceAccount())
            .address(address.toString())
            .health(Endpoint.Health.HEALTHY)
            .build());
  }
}
