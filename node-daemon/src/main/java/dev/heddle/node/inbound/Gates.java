package dev.heddle.node.inbound;

import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The compiled policies of all workloads, each as long as it holds. Safe for all threads. */
final class Gates {

  private final Map<MeshWorkload, WorkloadGate> gates = new ConcurrentHashMap<>();

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
      WorkloadGate next = new WorkloadGate(policy);
      gates.put(workload, next);
      return next;
    } catch (IllegalArgumentException e) {
      return gate;
    }
  }

  void forget(MeshWorkload workload) {
    gates.remove(workload);
  }
}
