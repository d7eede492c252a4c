package dev.heddle.init.ruleset;

import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What the redirect rules of one pod are made from.
 *
 * @param inboundPort where the daemon listens for connections to the pod
 * @param outboundPort where the daemon listens for connections of the pod
 * @param dnsPort where the daemon listens for the pod's DNS queries, UDP and TCP; empty leaves DNS
 *     alone
 * @param mark what the daemon's own packets carry
 * @param families whose traffic is captured
 */
public record CaptureSettings(
    int inboundPort,
    int outboundPort,
    OptionalInt dnsPort,
    Mark mark,
    Set<Family> families,
    Inbound inbound,
    Outbound outbound) {

  /** Istio's ports and mark; everything is captured. */
  public static final CaptureSettings DEFAULT =
      new CaptureSettings(
          15_006,
          15_001,
          OptionalInt.of(15_053),
          Mark.DEFAULT,
          EnumSet.allOf(Family.class),
          Inbound.EVERYTHING,
          Outbound.EVERYTHING);

  public CaptureSettings {
    families = Set.copyOf(families);
    List<Integer> ports =
        dnsPort.isPresent()
            ? List.of(inboundPort, outboundPort, dnsPort.getAsInt())
            : List.of(inboundPort, outboundPort);
    ports.forEach(port -> new PortRange(port, port));
    if (ports.stream().distinct().count() < ports.size()) {
      throw new IllegalArgumentException(
          "inbound, outbound and DNS ports " + ports + " (expected: each a port of its own)");
    }
    if (families.isEmpty()) {
      throw new IllegalArgumentException("no IP family (expected: 4, 6 or both)");
    }
  }

  /** The same for other families. */
  public CaptureSettings withFamilies(Set<Family> others) {
    return new CaptureSettings(inboundPort, outboundPort, dnsPort, mark, others, inbound, outbound);
  }
}
