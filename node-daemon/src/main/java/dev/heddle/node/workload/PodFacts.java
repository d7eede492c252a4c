package dev.heddle.node.workload;

import dev.heddle.init.handover.PodName;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the cluster says of a pod.
 *
 * @param serviceAccount as whom it runs
 * @param labels what rules select it by
 * @param addresses the main one first; none until it has one
 * @param probes HTTP probes that it declares, {@code 8080/healthz}
 */
public record PodFacts(
    PodName name,
    String serviceAccount,
    Map<String, String> labels,
    List<InetAddress> addresses,
    Set<String> probes) {

  /** Takes its collections as they are now. */
  public PodFacts {
    labels = Map.copyOf(labels);
    addresses = List.copyOf(addresses);
    probes = Set.copyOf(probes);
  }
}
