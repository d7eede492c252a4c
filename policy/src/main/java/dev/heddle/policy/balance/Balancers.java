package dev.heddle.policy.balance;

/** Makes the balancer that a cluster's settings ask for. */
public final class Balancers {

  private Balancers() {}

  /** IllegalArgumentException if no balancer can be made of these settings, whatever the hosts. */
  public static void check(LoadBalancer settings) {
    if (settings.kind() == LoadBalancer.Kind.CONSISTENT_HASH) {
      ConsistentHash hash = settings.consistentHash();
      if (hash == null) {
        throw new IllegalArgumentException("consistentHash: absent (expected: present)");
      }
      if (hash.algorithm() == ConsistentHash.Algorithm.MAGLEV) {
        MaglevBalancer.checkTableSize(hash.tableSize());
      }
    }
  }

  /**
   * A balancer over hosts, of which there is at least one. Settings must have passed {@link
   * #check}.
   */
  public static Balancer of(LoadBalancer settings, Host[] hosts, RandomSource random) {
    ConsistentHash hash = settings.consistentHash();
    if (settings.kind() == LoadBalancer.Kind.CONSISTENT_HASH && hash != null) {
      return hash.algorithm() == ConsistentHash.Algorithm.MAGLEV
          ? new MaglevBalancer(hosts, hash.tableSize())
          : new RingHashBalancer(hosts, hash.tableSize());
    }
    if (settings.kind() == LoadBalancer.Kind.RANDOM) {
      return new RandomBalancer(hosts);
    }
    Balancer balancer =
        settings.kind() == LoadBalancer.Kind.ROUND_ROBIN
            ? new RoundRobinBalancer(hosts, random)
            : new LeastRequestBalancer(hosts);
    // Istio: warm-up is of ROUND_ROBIN and LEAST_REQUEST alone.
    Warmup warmup = settings.warmup();
    return warmup == null ? balancer : new WarmingBalancer(balancer, warmup);
  }
}
