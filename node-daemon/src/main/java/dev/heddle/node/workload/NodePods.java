package dev.heddle.node.workload;

import dev.heddle.control.client.NodePod;
import dev.heddle.init.handover.PodName;
import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The pods of this node as control last told of them. Safe for all threads. */
public final class NodePods {

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final MeshLog log;
  private volatile Map<PodName, PodFacts> pods = Map.of();

  NodePods(MeshLog log) {
    this.log = log;
  }

  /** What is known of a pod; empty: control knows none of this name on this node, or not yet. */
  public Optional<PodFacts> find(PodName name) {
    return Optional.ofNullable(pods.get(name));
  }

  /** All of them, in no order. */
  public Collection<PodFacts> all() {
    return pods.values();
  }

  /** Runs each time that the pods are others, on a thread of this package; must not block. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  void use(List<NodePod> told) {
    Map<PodName, PodFacts> next = new LinkedHashMap<>();
    for (NodePod pod : told) {
      try {
        PodFacts facts = facts(pod);
        next.put(facts.name(), facts);
      } catch (IllegalArgumentException e) {
        log.warn(
            "pod "
                + pod.namespace()
                + "/"
                + pod.name()
                + " is not served, control's word of it cannot be used: "
                + e.getMessage());
      }
    }
    pods = Map.copyOf(next);
    listeners.forEach(Runnable::run);
  }

  private static PodFacts facts(NodePod pod) {
    return new PodFacts(
        new PodName(pod.namespace(), pod.name()),
        pod.serviceAccount(),
        pod.labels(),
        pod.addresses().stream().map(InetAddress::ofLiteral).toList(),
        Set.copyOf(pod.probes()));
  }
}
