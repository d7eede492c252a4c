package dev.heddle.policy.balance;

import java.util.Arrays;

/**
 * Ketama-like ring: a key goes to the next virtual node; a host that leaves moves only its own
 * keys.
 *
 * <p>A node is one long: the hash above, the index of its host in the lowest bits, so that sorting
 * and searching work on plain numbers.
 */
final class RingHashBalancer implements Balancer {

  /** Virtual nodes at most, 8 bytes each: an app's heap holds less than Envoy's 8 Mi. */
  private static final int MAX_RING_SIZE = 1024 * 1024;

  private final Host[] hosts;
  private final long[] ring;
  private final long ownerMask;

  RingHashBalancer(Host[] hosts, long minimumRingSize) {
    this.hosts = hosts;
    ownerMask = Long.highestOneBit(hosts.length) * 2 - 1;
    long total = 0;
    for (Host host : hosts) {
      total += host.weight();
    }
    double perWeight = (double) Math.min(MAX_RING_SIZE, Math.max(1, minimumRingSize)) / total;
    int[] counts = new int[hosts.length];
    int size = 0;
    for (int i = 0; i < hosts.length; i++) {
      counts[i] = (int) Math.max(1, Math.ceil(hosts[i].weight() * perWeight));
      size += counts[i];
    }
    ring = new long[size];
    int at = 0;
    for (int i = 0; i < hosts.length; i++) {
      String name = hosts[i].endpoint().address() + ":" + hosts[i].endpoint().port();
      for (int node = 0; node < counts[i]; node++) {
        ring[at++] = (HashKey.of(name, node) & ~ownerMask) | i;
      }
    }
    Arrays.sort(ring);
  }

  @Override
  public Host pick(long hash, long nowNanos, RandomSource random) {
    if (hash == NO_HASH) {
      return hosts[random.nextInt(hosts.length)];
    }
    int found = Arrays.binarySearch(ring, hash);
    int next = found >= 0 ? found : -found - 1;
    return hosts[(int) (ring[next == ring.length ? 0 : next] & ownerMask)];
  }

  @Override
  public boolean consistent() {
    return true;
  }
}
