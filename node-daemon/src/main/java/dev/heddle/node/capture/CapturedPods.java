package dev.heddle.node.capture;

import dev.heddle.init.handover.PodName;
import dev.heddle.init.linux.NetworkNamespace;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods that are the daemon's. */
final class CapturedPods {

  private static final Logger LOG = LoggerFactory.getLogger("heddle.node");

  private final NetworkNamespace home;
  private final int limit;
  private final Consumer<Collection<CapturedPod>> onChange;
  private final AtomicInteger places = new AtomicInteger();
  private final ConcurrentMap<PodName, CapturedPod> pods = new ConcurrentHashMap<>();

  /**
   * @param onChange gets all pods after each change
   */
  CapturedPods(NetworkNamespace home, int limit, Consumer<Collection<CapturedPod>> onChange) {
    this.home = home;
    this.limit = limit;
    this.onChange = onChange;
  }

  /** Takes a place for a pod that is opened; false when all are taken. */
  boolean reserve() {
    if (places.incrementAndGet() > limit) {
      places.decrementAndGet();
      return false;
    }
    return true;
  }

  /** Gives a place back. */
  void release() {
    places.decrementAndGet();
  }

  Collection<CapturedPod> all() {
    return List.copyOf(pods.values());
  }

  /** Rules lead here now. A pod of the same name was the same one, or its predecessor. */
  void captured(CapturedPod pod) {
    CapturedPod before = pods.put(pod.name(), pod);
    if (before != null) {
      before.close();
    }
    LOG.info("{} is captured in {}", pod.name(), pod.sockets().namespace());
    onChange.accept(all());
    pod.lease().gone().thenRun(() -> left(pod, "control no longer has it on this node"));
  }

  /** Looks which pods have ended without control saying so. */
  void sweep() {
    for (CapturedPod pod : pods.values()) {
      try {
        if (!pod.hasAddresses(home)) {
          left(pod, "its addresses are gone from its network namespace");
        }
      } catch (IOException e) {
        LOG.warn("cannot look whether {} is still there: {}", pod.name(), e.getMessage());
      } catch (IllegalStateException e) {
        // It was closed while we looked.
      }
    }
  }

  private void left(CapturedPod pod, String reason) {
    if (pods.remove(pod.name(), pod)) {
      LOG.info("{} has left: {}", pod.name(), reason);
      pod.close();
      onChange.accept(all());
    }
  }

  void close() {
    pods.values().forEach(CapturedPod::close);
    pods.clear();
  }
}
