package dev.heddle.policy.balance;

/** The power of two choices: of two hosts drawn by weight, the one with fewer calls under way. */
final class LeastRequestBalancer implements Balancer {

  private final Host[] hosts;
  private final Weights weights;

  LeastRequestBalancer(Host[] hosts) {
    this.hosts = hosts;
    this.weights = Weights.of(hosts);
  }

  @Override
  public Host pick(long hash, long nowNanos, RandomSource random) {
    Host first = hosts[weights.pick(random)];
    if (hosts.length == 1) {
      return first;
    }
    Host second = hosts[weights.pick(random)];
    return second.activeRequests() < first.activeRequests() ? second : first;
  }
}
