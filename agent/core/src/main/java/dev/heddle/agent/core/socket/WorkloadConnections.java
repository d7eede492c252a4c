package dev.heddle.agent.core.socket;

import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.snapshot.Mesh;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What connections of this workload are, by what the control service says of it and of others. */
public final class WorkloadConnections implements ConnectionPolicy {

  private final Set<Integer> excludedPorts = ConcurrentHashMap.newKeySet();
  private final MutualTlsMode untold;
  private final boolean trustsLocal;
  private final Predicate<PeerConnection> admission;
  private final AddressQuestions questions;
  private final MeshEndpoints endpoints = new MeshEndpoints();
  private volatile @Nullable WorkloadPolicy policy;

  /**
   * Knows nothing yet.
   *
   * @param excludedPorts listening ports that are left alone
   * @param strict whether only mesh TLS is taken until the control service has said what to take
   * @param trustsLocal whether plaintext from this host is taken where mesh TLS is asked for
   * @param admission whether rules let an accepted connection in
   * @param questions about addresses of which nothing is known
   */
  public WorkloadConnections(
      Set<Integer> excludedPorts,
      boolean strict,
      boolean trustsLocal,
      Predicate<PeerConnection> admission,
      AddressQuestions questions) {
    this.excludedPorts.addAll(excludedPorts);
    this.untold = strict ? MutualTlsMode.STRICT : MutualTlsMode.PERMISSIVE;
    this.trustsLocal = trustsLocal;
    this.admission = admission;
    this.questions = questions;
  }

  /** What is held of the mesh; to be told before anybody is sent there. */
  public void use(Mesh mesh) {
    endpoints.use(mesh);
  }

  /** Which connections this workload takes. */
  public void use(WorkloadPolicy next) {
    policy = next;
  }

  /** A listening port of the agent itself: who may look at it is its address's affair. */
  public void leaveAlone(int port) {
    excludedPorts.add(port);
  }

  @Override
  public @Nullable OutboundTls outbound(InetSocketAddress remote) {
    return endpoints.find(remote);
  }

  @Override
  public @Nullable AddressQuestion question(InetSocketAddress remote) {
    return questions.about(remote);
  }

  @Override
  public InboundMode inbound(int localPort) {
    if (excludedPorts.contains(localPort)) {
      return InboundMode.DISABLE;
    }
    WorkloadPolicy known = policy;
    switch (known == null ? untold : known.mode(localPort)) {
      case STRICT:
        return InboundMode.STRICT;
      case DISABLE:
        return InboundMode.DISABLE;
      default:
        return InboundMode.PERMISSIVE;
    }
  }

  @Override
  public InboundMode inbound(InetSocketAddress local, @Nullable SocketAddress remote) {
    InboundMode mode = inbound(local.getPort());
    boolean isTrusted =
        trustsLocal
            && mode == InboundMode.STRICT
            && remote instanceof InetSocketAddress
            && isHere(local.getAddress(), ((InetSocketAddress) remote).getAddress());
    return isTrusted ? InboundMode.PERMISSIVE : mode;
  }

  /** The kernel drops what comes from outside with an address of its own (RFC 1812, 5.3.7). */
  private static boolean isHere(InetAddress local, InetAddress remote) {
    return remote.isLoopbackAddress() || remote.equals(local);
  }

  @Override
  public boolean admits(PeerConnection connection) {
    return excludedPorts.contains(connection.local().getPort()) || admission.test(connection);
  }
}
