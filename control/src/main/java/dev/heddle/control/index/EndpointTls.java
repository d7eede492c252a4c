package dev.heddle.control.index;

import dev.heddle.control.config.ConfigObject.PodObject;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.rules.ServiceEntry;
import dev.heddle.rules.serviceentry.Location;
import dev.heddle.rules.serviceentry.WorkloadEntrySpec;
import java.util.List;

/**
 * Which endpoints of a ServiceEntry speak mesh TLS, and as whom. Istio: of what lies outside of the
 * mesh none does by itself; names in the entry replace those of its endpoints.
 */
final class EndpointTls {

  private final MeshTls tls;
  private final String namespace;
  private final boolean internal;
  private final List<String> names;

  EndpointTls(MeshTls tls, ServiceEntry entry) {
    this.tls = tls;
    namespace = entry.metadata().namespace();
    internal = entry.spec().location() == Location.MESH_INTERNAL;
    List<String> written = entry.spec().subjectAltNames();
    names = written == null ? List.of() : List.copyOf(written);
  }

  Endpoint of(WorkloadEntrySpec workload, Endpoint endpoint) {
    String account = workload.serviceAccount();
    return of(endpoint, account == null ? "" : account);
  }

  Endpoint of(PodObject pod, Endpoint endpoint) {
    return of(endpoint, pod.serviceAccount());
  }

  private Endpoint of(Endpoint endpoint, String serviceAccount) {
    return endpoint.toBuilder()
        .meshTls(internal && tls.speaks(namespace, endpoint.labels(), endpoint.port()))
        .identities(names.isEmpty() ? tls.identities(namespace, serviceAccount) : names)
        .build();
  }

  /** What of an entry will not be as its labels ask, one sentence each. */
  static List<String> warnings(ServiceEntry entry) {
    boolean labelled =
        entry.spec().endpoints().stream().anyMatch(e -> MeshTls.isLabelled(e.labels()));
    return labelled && entry.spec().location() != Location.MESH_INTERNAL
        ? List.of(
            "spec.location is not MESH_INTERNAL, so that label "
                + MeshTls.TLS_MODE_LABEL
                + " of its endpoints has no effect")
        : List.of();
  }
}
