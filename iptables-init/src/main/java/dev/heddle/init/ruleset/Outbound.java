package dev.heddle.init.ruleset;

import dev.heddle.init.ruleset.Selection.All;
import java.net.InetAddress;
import java.util.List;

/**
 * Which of the connections that a pod makes are captured. Ports that are left out come first, then
 * ranges that are left out, then ports and ranges that are taken, as Istio has it.
 *
 * @param includeRanges destinations that are taken
 * @param includePorts destination ports that are taken whatever the address
 * @param excludePorts destination ports that are left alone whatever the address
 * @param excludeRanges destinations that are left alone
 */
public record Outbound(
    Selection<Cidr> includeRanges,
    List<PortRange> includePorts,
    List<PortRange> excludePorts,
    List<Cidr> excludeRanges) {

  /** Everything is captured. */
  public static final Outbound EVERYTHING =
      new Outbound(new All<>(), List.of(), List.of(), List.of());

  public Outbound {
    includePorts = List.copyOf(includePorts);
    excludePorts = List.copyOf(excludePorts);
    excludeRanges = List.copyOf(excludeRanges);
  }

  /** Whether a TCP connection from the pod to another host goes to the daemon. */
  public boolean captures(InetAddress destination, int port) {
    if (excludePorts.stream().anyMatch(ports -> ports.contains(port))
        || excludeRanges.stream().anyMatch(range -> range.contains(destination))) {
      return false;
    }
    return includePorts.stream().anyMatch(ports -> ports.contains(port))
        || switch (includeRanges) {
          case All<Cidr> all -> true;
          case Selection.Only<Cidr> only ->
              only.items().stream().anyMatch(range -> range.contains(destination));
        };
  }

  boolean excludes(int port) {
    return excludePorts.stream().anyMatch(ports -> ports.contains(port));
  }
}
