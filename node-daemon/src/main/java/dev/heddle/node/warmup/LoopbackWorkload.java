package dev.heddle.node.warmup;

import dev.heddle.control.client.identity.IdentitySource;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.control.client.identity.WorkloadCertificate;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.policy.identity.SpiffeId;
import dev.heddle.policy.route.Source;
import dev.heddle.policy.snapshot.Router;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/** A workload that control has never heard of. */
final class LoopbackWorkload implements MeshWorkload, IdentitySource {

  private static final String TRUST_DOMAIN = "warm-up.invalid";

  private final SpiffeId identity;
  private final Source source;
  private final Router router;
  private final WorkloadPolicy policy;
  private final WorkloadCertificate certificate;
  private final TrustBundle trust;

  LoopbackWorkload(String account, WorkloadPolicy policy, Authority authority)
      throws GeneralSecurityException {
    this.identity = SpiffeId.of(TRUST_DOMAIN, "warm-up", account);
    this.source = Source.of(identity.namespace(), Map.of("app", account), "");
    this.router = new Router(source, bound -> ThreadLocalRandom.current().nextInt(bound));
    this.policy = policy;
    this.certificate = authority.certificate(identity);
    this.trust = authority.trust(TRUST_DOMAIN);
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
    return this;
  }

  @Override
  public WorkloadCertificate certificate() {
    return certificate;
  }

  @Override
  public TrustBundle trust() {
    return trust;
  }

  @Override
  public CompletableFuture<Void> follow(String host, int port) {
    return CompletableFuture.completedFuture(null);
  }
}
