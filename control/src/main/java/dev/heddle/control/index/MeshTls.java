package dev.heddle.control.index;

import dev.heddle.control.config.ConfigState;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.identity.MutualTlsMode;
import java.util.List;
import java.util.Map;

/** Which endpoints speak mesh TLS, and as whom. */
final class MeshTls {

  /** Istio: the label of whatever has a sidecar. */
  static final String TLS_MODE_LABEL = "security.istio.io/tlsMode";

  /** Of a mesh in which no policy speaks about connections. */
  static final MeshTls WITHOUT_POLICIES =
      new MeshTls(new PeerAuthentications(ConfigState.EMPTY), MeshIndex.DEFAULT_TRUST_DOMAIN);

  private static final String TLS_MODE_ISTIO = "istio";

  private final PeerAuthentications peers;
  private final String trustDomain;

  MeshTls(PeerAuthentications peers, String trustDomain) {
    this.peers = peers;
    this.trustDomain = trustDomain;
  }

  static boolean isLabelled(Map<String, String> labels) {
    return TLS_MODE_ISTIO.equals(labels.get(TLS_MODE_LABEL));
  }

  /** Istio's auto mTLS: with whoever can, unless it is told to take none. */
  boolean speaks(String namespace, Map<String, String> labels, int port) {
    return isLabelled(labels) && peers.of(namespace, labels).at(port) != MutualTlsMode.DISABLE;
  }

  /**
   * The identity of a service account; of none that is named, none is expected. A name that no
   * account can have makes an identity that no peer can prove.
   */
  List<String> identities(String namespace, String serviceAccount) {
    return serviceAccount.isEmpty()
        ? List.of()
        : List.of("spiffe://" + trustDomain + "/ns/" + namespace + "/sa/" + serviceAccount);
  }

  /** An endpoint of a workload, with what this says of it. */
  Endpoint.Builder endpoint(
      String namespace, Map<String, String> labels, int port, String serviceAccount) {
    return Endpoint.builder()
        .port(port)
        .labels(labels)
        .meshTls(speaks(namespace, labels, port))
        .identities(identities(namespace, serviceAccount));
  }
}
