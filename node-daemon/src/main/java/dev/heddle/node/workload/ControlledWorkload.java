package dev.heddle.node.workload;

import dev.heddle.control.client.ClientIdentity;
import dev.heddle.control.client.DiscoveryClient;
import dev.heddle.control.client.identity.CurrentIdentity;
import dev.heddle.control.client.identity.IdentitySource;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.renewal.CertificateRenewal;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.policy.identity.SpiffeId;
import dev.heddle.policy.route.Source;
import dev.heddle.policy.snapshot.Mesh;
import dev.heddle.policy.snapshot.Router;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A workload that control speaks of, over a stream that shows the workload's own certificate, so
 * that control sees what it would see of an agent.
 */
final class ControlledWorkload implements MeshWorkload {

  private final SpiffeId identity;
  private final Source source;
  private final Router router;
  private final CurrentIdentity current;
  private final CertificateRenewal renewal;
  private final DiscoveryClient discovery;
  private final CompletableFuture<Void> certified = new CompletableFuture<>();
  private final CompletableFuture<Void> judged = new CompletableFuture<>();
  private volatile WorkloadPolicy policy = WorkloadPolicy.DEFAULT;
  private volatile Map<String, List<InetAddress>> names = Map.of();

  /** Holds at once what the directory keeps; asks the control service as soon as it may. */
  ControlledWorkload(
      WorkloadKey key, SpiffeId identity, NodeIdentity node, Path state, MeshLog log) {
    this.identity = identity;
    this.source = Source.of(key.namespace(), key.labels(), "");
    this.router = new Router(source, node.random());
    this.current = new CurrentIdentity(System::currentTimeMillis);
    this.renewal =
        node.renewal(identity, current, new CertificateLog(identity.uri(), log, this::issued));
    this.discovery =
        new DiscoveryClient(
            node.endpoint(current),
            ClientIdentity.of(
                key.fileName(),
                key.namespace(),
                key.serviceAccount(),
                key.labels(),
                node.version()),
            state,
            node.random(),
            new Learned(identity.uri(), log));
    discovery.followNames();
    discovery.restore();
  }

  void start(@Nullable TrustBundle known) {
    if (known != null) {
      current.discovered(known);
      renewal.trustIsKnown();
    } else {
      renewal.start();
    }
  }

  /** Completes with the first certificate and policy. */
  CompletableFuture<Void> ready() {
    return CompletableFuture.allOf(certified, judged);
  }

  private void issued() {
    if (certified.complete(null)) {
      discovery.connect();
    }
  }

  void close() {
    renewal.stop();
    discovery.close();
    current.forget();
  }

  @Override
  public SpiffeId identity() {
    return identity;
  }

  @Override
  public Source source() {
    return source;
  }

  @Override
  public Router router() {
    return router;
  }

  @Override
  public WorkloadPolicy policy() {
    return policy;
  }

  @Override
  public IdentitySource certificates() {
    return current;
  }

  @Override
  public Map<String, List<InetAddress>> names() {
    return names;
  }

  @Override
  public CompletableFuture<Void> follow(String host, int port) {
    return discovery.follow(host, port);
  }

  private final class Learned extends DiscoveryLog {

    Learned(String who, MeshLog log) {
      super(who, log);
    }

    @Override
    public void meshChanged(Mesh mesh) {
      try {
        router.update(mesh, System.nanoTime());
      } catch (IllegalArgumentException e) {
        rejected(String.valueOf(e.getMessage()));
      }
    }

    @Override
    public void namesChanged(Map<String, List<String>> told) {
      Map<String, List<InetAddress>> next = new HashMap<>();
      told.forEach(
          (host, texts) -> next.put(host, texts.stream().map(InetAddress::ofLiteral).toList()));
      names = Map.copyOf(next);
    }

    @Override
    public void trustChanged(TrustBundle trust) {
      current.discovered(trust);
      renewal.trustIsKnown();
    }

    @Override
    public void workloadChanged(WorkloadPolicy next) {
      policy = next;
      judged.complete(null);
    }
  }
}
