package dev.heddle.node.capture;

import dev.heddle.init.handover.PodName;
import java.util.concurrent.CompletableFuture;

/** Which pods are on this node. */
public interface PodRegistry {

  /**
   * Completes as soon as control says that the pod is on this node and has an address; a pod's
   * hand-over may be quicker than the news of it. Never completes by itself where that does not
   * come: callers bound their patience, and cancel.
   */
  CompletableFuture<PodLease> lease(PodName name);
}
