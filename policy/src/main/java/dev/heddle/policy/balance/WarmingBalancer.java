package dev.heddle.policy.balance;

/**
 * Slow start: a young host is taken only with the share that its age has earned, else drawn anew.
 */
final class WarmingBalancer implements Balancer {

  /** Draws at most; beyond, even a young host is taken, for a set may hold nothing else. */
  private static final int MAX_DRAWS = 8;

  private final Balancer balancer;
  private final Warmup warmup;

  WarmingBalancer(Balancer balancer, Warmup warmup) {
    this.balancer = balancer;
    this.warmup = warmup;
  }

  @Override
  public Host pick(long hash, long nowNanos, RandomSource random) {
    Host host = balancer.pick(hash, nowNanos, random);
    for (int draw = 1; draw < MAX_DRAWS; draw++) {
      if (random.percent(sharePercent(host, nowNanos))) {
        return host;
      }
      host = balancer.pick(hash, nowNanos, random);
    }
    return host;
  }

  /** Envoy: max(minimum, (age / window) ^ (1 / aggression)). */
  private double sharePercent(Host host, long nowNanos) {
    long age = host.ageNanos(nowNanos);
    if (age >= warmup.durationNanos()) {
      return 100;
    }
    double grown =
        Math.pow(
            (double) Math.max(0, age) / warmup.durationNanos(),
            1 / Math.max(1, warmup.aggression()));
    return Math.max(warmup.minimumPercent(), 100 * grown);
  }
}
