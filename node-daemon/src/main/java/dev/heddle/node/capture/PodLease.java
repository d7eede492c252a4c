package dev.heddle.node.capture;

import dev.heddle.node.pod.MeshWorkload;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A pod of this node, as control knows it, held until it is closed. */
public interface PodLease extends AutoCloseable {

  /** Who it is in the mesh. */
  MeshWorkload workload();

  /** Its addresses in the cluster; at least one. */
  Set<InetAddress> addresses();

  /** HTTP probes that it declares, {@code 8080/healthz}. */
  Set<String> probes();

  /** Completes when control no longer has it on this node. */
  CompletableFuture<Void> gone();

  @Override
  void close();
}
