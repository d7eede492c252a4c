package dev.heddle.control.index;

import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.snapshot.Cluster;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * A service, from Kubernetes or a ServiceEntry.
 *
 * @param host fully qualified, or a wildcard
 * @param addresses what clients may call it by besides: IP addresses, and blocks of them
 * @param ports endpoints by service port
 * @param opaquePorts those of them into whose calls no rule may look
 */
record CatalogService(
    String host,
    String namespace,
    List<String> exportTo,
    List<String> addresses,
    Cluster.Resolution resolution,
    SortedMap<Integer, List<Endpoint>> ports,
    Set<Integer> opaquePorts) {

  /** The same service at other addresses. */
  CatalogService at(List<String> others) {
    return new CatalogService(host, namespace, exportTo, others, resolution, ports, opaquePorts);
  }
}
