package dev.heddle.policy.balance;

/** Each pick on its own, in proportion to the weights. */
final class RandomBalancer implements Balancer {

  private final Host[] hosts;
  private final Weights weights;

  RandomBalancer(Host[] hosts) {
    this.hosts = hosts;
    this.weights = Weights.of(hosts);
  }

  @Override
  public Host pick(long hash, long nowNanos, RandomSource random) {
    return hosts[weights.pick(random)];
  }
}
