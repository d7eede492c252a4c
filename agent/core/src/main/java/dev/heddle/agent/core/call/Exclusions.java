package dev.heddle.agent.core.call;

import java.util.Set;

/** Hosts and ports that settings leave alone. Asked for every call: it allocates nothing. */
public final class Exclusions {

  private final Set<String> hosts;
  private final String[] suffixes;
  private final int[] ports;

  /** Hosts in lower case, {@code *.} covers names below. */
  public Exclusions(Set<String> hosts, Set<Integer> ports) {
    this.hosts = hosts;
    this.suffixes =
        hosts.stream()
            .filter(pattern -> pattern.startsWith("*."))
            .map(pattern -> pattern.substring(1))
            .toArray(String[]::new);
    this.ports = ports.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Whether calls to a host and port are left alone; the host in lower case. */
  public boolean covers(String host, int port) {
    for (int excluded : ports) {
      if (excluded == port) {
        return true;
      }
    }
    if (hosts.isEmpty()) {
      return false;
    }
    for (String suffix : suffixes) {
      if (host.endsWith(suffix)) {
        return true;
      }
    }
    return hosts.contains(host);
  }
}
