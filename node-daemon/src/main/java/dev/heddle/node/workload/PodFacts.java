package dev.heddle.node.workload;

import dev.heddle.init.handover.PodName;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * What the cluster says of a pod.
 *
 * @param serviceAccount as whom it runs
 * @param labels what rules select it by
 * @param addresses the main one first; none until it has one
 */
public record PodFacts(
    PodName name, String serviceAccount, Map<String, String> labels, List<InetAddress> addresses) {

  /** Takes labels and addresses as they are now. */
  public PodFacts {
    labels = Map.copyOf(labels);
    addresses = List.copyOf(addresses);
  }
}
