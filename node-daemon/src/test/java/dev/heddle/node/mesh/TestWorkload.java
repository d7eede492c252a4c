package dev.heddle.node.mesh;

import dev.heddle.control.client.identity.IdentitySource;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.policy.identity.SpiffeId;
import dev.heddle.policy.route.Source;
import dev.heddle.policy.snapshot.Router;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A workload that is called: its identity and policy are changed while it runs. */
public final class TestWorkload implements MeshWorkload, IdentitySource {

  private final SpiffeId identity;
  private final Router router;
  private volatile @Nullable WorkloadCertificate certificate;
  private volatile TrustBundle trust;
  private volatile WorkloadPolicy policy = WorkloadPolicy.DEFAULT;

  TestWorkload(String uri, WorkloadCertificate certificate, TrustBundle trust) {
    this.identity = Objects.requireNonNull(SpiffeId.parse(uri));
    this.router = new Router(source(), bound -> 0);
    this.certificate = certificate;
    this.trust = trust;
  }

  /** Presents another certificate; null: none. */
  public void present(@Nullable WorkloadCertificate next) {
    certificate = next;
  }

  /** Believes others. */
  public void believe(TrustBundle next) {
    trust = next;
  }

  /** Is called by these rules. */
  public void use(WorkloadPolicy next) {
    policy = next;
  }

  @Override
  public @Nullable WorkloadCertificate certificate() {
    return certificate;
  }

  @Override
  public TrustBundle trust() {
    return trust;
  }

  @Override
  public SpiffeId identity() {
    return identity;
  }

  @Override
  public Source source() {
    return Source.of(identity.namespace(), Map.of(), "");
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
    return this;
  }

  @Override
  public CompletableFuture<Void> follow(String host, int port) {
    throw new UnsupportedOperationException("this workload calls nobody");
  }
}
