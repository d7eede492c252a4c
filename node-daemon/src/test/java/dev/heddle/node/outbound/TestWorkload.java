package dev.heddle.node.outbound;

import dev.heddle.control.client.identity.IdentitySource;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.policy.identity.SpiffeId;
import dev.heddle.policy.route.Source;
import dev.heddle.policy.snapshot.Mesh;
import dev.heddle.policy.snapshot.Router;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A workload whose control service knows the hosts that a test gives it. */
final class TestWorkload implements MeshWorkload {

  private final Source source = Source.of("shop", Map.of("app", "client"), "10.0.0.1");
  private final Router router =
      new Router(source, bound -> ThreadLocalRandom.current().nextInt(bound));
  volatile CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);

  /** Whose certificate it shows, where a test speaks mesh TLS. */
  volatile @Nullable MeshWorkload certified;

  void holds(Mesh mesh) {
    router.update(mesh, System.nanoTime());
  }

  @Override
  public SpiffeId identity() {
    return SpiffeId.of("cluster.local", "shop", "client");
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
    return WorkloadPolicy.DEFAULT;
  }

  @Override
  public IdentitySource certificates() {
    return Objects.requireNonNull(certified, "a workload with a certificate").certificates();
  }

  @Override
  public CompletableFuture<Void> follow(String host, int port) {
    return answer;
  }
}
