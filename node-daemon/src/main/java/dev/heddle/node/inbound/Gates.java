package dev.heddle.node.inbound;

import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The compiled policies of all workloads, each as long as it holds. Safe for all threads. */
final class Gates {

  private final Map<MeshWorkload, WorkloadGate> gates = new ConcurrentHashMap<>();
  private final AuthorizationCounts counts = new AuthorizationCounts();
  private final BoundedLog log;

  /**
   * @param log takes what was refused, audited and tried out
   */
  Gates(BoundedLog log) {
    this.log = log;
  }

  /** What all of them decided. */
  AuthorizationCounts counts() {
    return counts;
  }

  /**
   * What holds now; a policy that cannot be used leaves the one before in force, as in the agent.
   * Null where there is none to use: then nobody is to be let in.
   */
  @Nullable WorkloadGate of(MeshWorkload workload) {
    WorkloadPolicy policy = workload.policy();
    WorkloadGate gate = gates.get(workload);
    if (gate != null && gate.isOf(policy)) {
      return gate;
    }
    try {
      WorkloadGate next = new WorkloadGate(policy, journal(workload));
      gates.put(workload, next);
      return next;
    } catch (IllegalArgumentException e) {
      return gate;
    }
  }

  private AuthorizationJournal journal(MeshWorkload workload) {
    String name = workload.identity().namespace() + '/' + workload.identity().serviceAccount();
    return new AuthorizationJournal(counts.of(name), log);
  }

  void forget(MeshWorkload workload) {
    gates.remove(workload);
  }
}
