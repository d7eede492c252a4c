package dev.heddle.agent.core;

import dev.heddle.agent.core.inbound.Authorization;
import dev.heddle.agent.core.socket.WorkloadConnections;
import dev.heddle.control.client.ClientListener;
import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.policy.snapshot.Mesh;
import dev.heddle.policy.snapshot.Router;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.util.function.Consumer;

/** Hears what the discovery client learns: keeps the router up to date and tells people. */
public final class Discovery implements ClientListener {

  private final Router router;
  private final AgentLog log;
  private final Consumer<TrustBundle> trust;
  private final Authorization authorization;
  private final WorkloadConnections connections;
  private volatile Mesh mesh = Mesh.EMPTY;
  private volatile boolean connected;
  private volatile boolean told;

  /** trust takes the roots of the mesh as they change. */
  Discovery(
      Router router,
      AgentLog log,
      Consumer<TrustBundle> trust,
      Authorization authorization,
      WorkloadConnections connections) {
    this.router = router;
    this.log = log;
    this.trust = trust;
    this.authorization = authorization;
    this.connections = connections;
  }

  /** What is held. */
  public Mesh mesh() {
    return mesh;
  }

  /** Whether the control service answers. */
  public boolean isConnected() {
    return connected;
  }

  @Override
  public void meshChanged(Mesh next) {
    try {
      connections.use(next); // before the router sends anybody there
      router.update(next, System.nanoTime());
      mesh = next;
    } catch (IllegalArgumentException e) {
      rejected(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void trustChanged(TrustBundle bundle) {
    trust.accept(bundle);
  }

  @Override
  public void workloadChanged(WorkloadPolicy policy) {
    try {
      authorization.use(policy);
      connections.use(policy);
    } catch (IllegalArgumentException e) {
      rejected(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void connected() {
    connected = true;
    told = false;
    log.info("connected to the control service");
  }

  @Override
  public void disconnected(String reason) {
    connected = false;
    if (!told) {
      told = true;
      log.warn("no control service: " + reason + "; what is held stays in force");
    }
  }

  @Override
  public void rejected(String reason) {
    log.warn("configuration refused, the one before stays in force: " + reason);
  }

  @Override
  public void failed(Throwable failure) {
    log.failure("discovery failed, what is held stays in force", failure);
  }

  @Override
  public void stateFileUnusable(String reason) {
    log.warn("STATE_DIR: " + reason);
  }
}
