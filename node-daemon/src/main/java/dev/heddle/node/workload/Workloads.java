package dev.heddle.node.workload;

import dev.heddle.control.client.identity.TrustBundle;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.policy.identity.SpiffeId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The workloads of the captured pods, each held once for all pods that are the same. Safe for all
 * threads.
 */
public final class Workloads {

  /** Istio's default, while control has not told the mesh's own. */
  private static final String DEFAULT_TRUST_DOMAIN = "cluster.local";

  private static final class Held {
    private final ControlledWorkload workload;
    private int leases;

    Held(ControlledWorkload workload) {
      this.workload = workload;
    }
  }

  private final NodeIdentity node;
  private final StateDirectories state;
  private final MeshLog log;
  private final Map<WorkloadKey, Held> held = new HashMap<>();

  Workloads(NodeIdentity node, StateDirectories state, MeshLog log) {
    this.node = node;
    this.state = state;
    this.log = log;
  }

  /** The workload of a pod; what is not known of it yet comes later. */
  public synchronized WorkloadLease acquire(PodFacts pod) {
    WorkloadKey key = WorkloadKey.of(pod);
    Held shared = held.computeIfAbsent(key, this::make);
    shared.leases++;
    return new Lease(key, shared.workload);
  }

  private Held make(WorkloadKey key) {
    TrustBundle trust = node.trust();
    String domain = trust == null ? DEFAULT_TRUST_DOMAIN : trust.trustDomain();
    ControlledWorkload workload =
        new ControlledWorkload(
            key,
            SpiffeId.of(domain, key.namespace(), key.serviceAccount()),
            node,
            state.of(key),
            log);
    workload.start(trust);
    return new Held(workload);
  }

  private synchronized void release(WorkloadKey key) {
    Held shared = held.get(key);
    if (shared != null && --shared.leases == 0) {
      held.remove(key);
      shared.workload.close();
    }
  }

  /** What is kept on disk of others than these and those that are in use is dropped. */
  synchronized void retainState(Set<WorkloadKey> present) {
    Set<WorkloadKey> kept = new HashSet<>(present);
    kept.addAll(held.keySet());
    state.retain(kept);
  }

  /** Drops all of them; what is on disk stays for the next start. */
  synchronized void close() {
    held.values().forEach(shared -> shared.workload.close());
    held.clear();
  }

  private final class Lease implements WorkloadLease {
    private final WorkloadKey key;
    private final ControlledWorkload workload;
    private final AtomicBoolean given = new AtomicBoolean();

    Lease(WorkloadKey key, ControlledWorkload workload) {
      this.key = key;
      this.workload = workload;
    }

    @Override
    public MeshWorkload workload() {
      return workload;
    }

    @Override
    public CompletableFuture<Void> ready() {
      return workload.ready();
    }

    @Override
    public void close() {
      if (given.compareAndSet(false, true)) {
        release(key);
      }
    }
  }
}
