package dev.heddle.policy.balance;

/** Makes the balancer that a cluster's settings ask for. */
public final class Balancers {

  private Balancers() {}

  /** A balancer over hosts, of which there is at least one. */
  public static Balancer of(LoadBalancer settings, Host[] hosts) {
    switch (settings.kind()) {
      case CONSISTENT_HASH:
        return consistent(settings, hosts);
      case ROUND_ROBIN:
        return warmed(settings, new RoundRobinBalancer(hosts));
      case RANDOM:
        return warmed(settings, new RandomBalancer(hosts));
      case LEAST_REQUEST:
      case PASSTHROUGH:
        return warmed(settings, new LeastRequestBalancer(hosts));
    }
    throw new IllegalArgumentException("load balancer kind: " + settings.kind() + " is not known");
  }

  private static Balancer consistent(LoadBalancer settings, Host[] hosts) {
    ConsistentHash hash = settings.consistentHash();
    if (hash == null) {
      throw new IllegalArgumentException("consistentHash: absent (expected: present)");
    }
    return hash.algorithm() == ConsistentHash.Algorithm.MAGLEV
        ? new MaglevBalancer(hosts, hash.tableSize())
        : new RingHashBalancer(hosts, hash.tableSize());
  }

  private static Balancer warmed(LoadBalancer settings, Balancer balancer) {
    Warmup warmup = settings.warmup();
    return warmup == null ? balancer : new WarmingBalancer(balancer, warmup);
  }
}
