package dev.heddle.policy.balance;

/**
 * The power of two choices: of two different hosts the one with fewer calls under way, in
 * proportion to their weights. Hosts of unequal weight are drawn by weight, and may be the same
 * twice.
 */
final class LeastRequestBalancer implements Balancer {

  private final Host[] hosts;
  private final Weights weights;

  LeastRequestBalancer(Host[] hosts) {
    this.hosts = hosts;
    this.weights = Weights.of(hosts);
  }

  @Override
  public Host pick(long hash, long nowNanos, RandomSource random) {
    int count = hosts.length;
    int first = weights.pick(random);
    if (count == 1) {
      return hosts[first];
    }
    int second =
        weights.equal() ? (first + 1 + random.nextInt(count - 1)) % count : weights.pick(random);
    return lessLoaded(hosts[first], hosts[second]);
  }

  private static Host lessLoaded(Host first, Host second) {
    long firstLoad = (long) first.activeRequests() * second.weight();
    long secondLoad = (long) second.activeRequests() * first.weight();
    return secondLoad < firstLoad ? second : first;
  }
}
