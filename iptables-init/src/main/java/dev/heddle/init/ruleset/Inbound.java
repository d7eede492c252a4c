package dev.heddle.init.ruleset;

import dev.heddle.init.ruleset.Selection.All;
import java.util.List;

/**
 * Which of the connections that reach a pod are captured.
 *
 * @param includePorts ports of the pod that are taken
 * @param excludePorts ports of the pod that are left alone; as in Istio they count only where
 *     {@code includePorts} is all
 * @param excludeSources clients that are left alone, as the node whose kubelet probes
 */
public record Inbound(
    Selection<PortRange> includePorts, List<PortRange> excludePorts, List<Cidr> excludeSources) {

  /** Everything is captured. */
  public static final Inbound EVERYTHING = new Inbound(new All<>(), List.of(), List.of());

  public Inbound {
    excludePorts = List.copyOf(excludePorts);
    excludeSources = List.copyOf(excludeSources);
  }
}
