package dev.heddle.node.workload;

import dev.heddle.node.pod.MeshWorkload;
import java.util.concurrent.CompletableFuture;

/** One pod's share in a workload; when the last is given back, its key and stream are dropped. */
public interface WorkloadLease extends AutoCloseable {

  /** Shared by all pods that are the same. */
  MeshWorkload workload();

  /**
   * Completes once there was a certificate and control has said what holds for callers; perhaps
   * never. Before it nobody can be told who the pod is.
   */
  CompletableFuture<Void> ready();

  /** Gives it back; a second time does nothing. */
  @Override
  void close();
}
