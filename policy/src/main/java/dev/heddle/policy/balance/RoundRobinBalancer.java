package dev.heddle.policy.balance;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hosts in turn; a host of twice the weight has two turns, spread over the round. Each process
 * begins at another host, lest a change that reaches all of them sends all to the first.
 */
final class RoundRobinBalancer implements Balancer {

  /** Turns in one round at most, to bound memory; finer weights are rounded to it. */
  private static final int MAX_TURNS = 4096;

  private final Host[] turns;
  private final AtomicInteger next;

  RoundRobinBalancer(Host[] hosts, RandomSource random) {
    this.turns = turns(hosts);
    this.next = new AtomicInteger(random.nextInt(turns.length));
  }

  @Override
  public Host pick(long hash, long nowNanos, RandomSource random) {
    return turns[Math.floorMod(next.getAndIncrement(), turns.length)];
  }

  private static Host[] turns(Host[] hosts) {
    int[] shares = shares(hosts);
    int round = 0;
    for (int share : shares) {
      round += share;
    }
    Host[] turns = new Host[round];
    long[] credit = new long[hosts.length];
    for (int turn = 0; turn < round; turn++) {
      int best = 0;
      for (int i = 0; i < hosts.length; i++) {
        credit[i] += shares[i];
        best = credit[i] > credit[best] ? i : best;
      }
      credit[best] -= round;
      turns[turn] = hosts[best];
    }
    return turns;
  }

  private static int[] shares(Host[] hosts) {
    long sum = 0;
    long divisor = 0;
    for (Host host : hosts) {
      sum += host.weight();
      divisor = gcd(host.weight(), divisor);
    }
    long turns = sum / divisor;
    double scale = Math.min(1, (double) MAX_TURNS / turns);
    int[] shares = new int[hosts.length];
    for (int i = 0; i < hosts.length; i++) {
      long share = hosts[i].weight() / divisor;
      shares[i] = (int) Math.max(1, Math.round(share * scale));
    }
    return shares;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
