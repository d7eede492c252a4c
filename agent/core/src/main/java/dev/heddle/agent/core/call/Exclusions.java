package dev.heddle.agent.core.call;

import java.util.Set;

/** Hosts and ports that settings leave alone. */
public final class Exclusions {

  private final Set<String> hosts;
  private final Set<Integer> ports;

  /** Hosts in lower case, {@code *.} covers names below. */
  public Exclusions(Set<String> hosts, Set<Integer> ports) {
    this.hosts = hosts;
    this.ports = ports;
  }

  boolean covers(String host, int port) {
    if (ports.contains(port) || hosts.contains(host)) {
      return true;
    }
    for (String pattern : hosts) {
      if (pattern.startsWith("*.") && host.endsWith(pattern.substring(1))) {
        return true;
      }
    }
    return false;
  }
}
