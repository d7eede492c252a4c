package dev.heddle.node.outbound;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.upstream.Security;
import dev.heddle.node.upstream.Target;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.identity.ClientTls;
import dev.heddle.policy.snapshot.Cluster;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Where an attempt connects to, and what protects it. */
final class Targets {

  private Targets() {}

  /**
   * Of a cluster.
   *
   * @param endpoint null: where the app itself connected to; the pod itself is called in plaintext,
   *     for what the daemon opens inside a pod is not captured on its way in
   */
  static Target of(
      Cluster cluster,
      @Nullable Endpoint endpoint,
      CapturedConnection connection,
      Target.Protocol protocol) {
    InetSocketAddress original = connection.destination();
    if (endpoint == null) {
      return new Target(host(original), original.getPort(), protocol, originated(cluster));
    }
    Security security =
        cluster.speaksMeshTls(endpoint) && !isCaller(endpoint, connection.client().getAddress())
            ? new Security.Mesh(cluster.identities(endpoint), cluster.meshServerName())
            : originated(cluster);
    return new Target(endpoint.address(), endpoint.port(), protocol, security);
  }

  /** Where the app itself connected to, as it is. */
  static Target of(InetSocketAddress original, Target.Protocol protocol) {
    return new Target(host(original), original.getPort(), protocol, Security.Plain.PLAIN);
  }

  private static boolean isCaller(Endpoint endpoint, InetAddress client) {
    return !client.isLoopbackAddress() && endpoint.address().equals(client.getHostAddress());
  }

  private static String host(InetSocketAddress address) {
    return address.getAddress().getHostAddress();
  }

  private static Security originated(Cluster cluster) {
    ClientTls tls = cluster.tls();
    boolean asked =
        tls != null && (tls.mode() == ClientTls.Mode.SIMPLE || tls.mode() == ClientTls.Mode.MUTUAL);
    return asked && tls != null
        ? new Security.Originated(tls, cluster.destination().host())
        : Security.Plain.PLAIN;
  }
}
