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

  /** Fewer would divide the keys too unevenly: 64 nodes are within about an eighth of fair. */
  private static final int MIN_NODES_PER_HOST = 64;

  private final Host[] hosts;
  private final long[] ring;
  private final long ownerMask;

  RingHashBalancer(Host[] hosts, long minimumRingSize) {
    this.hosts = hosts;
    ownerMask = Long.highestOneBit(hosts.length) * 2 - 1;
    int[] counts = counts(hosts, minimumRingSize);
    int size = 0;
    for (int count : counts) {
      size += count;
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

  /**
   * Nodes of each host. Envoy divides the minimum ring size among the hosts, so that all of them
   * get other nodes when one leaves; a quarter of it for each, the default size being 1024, reaches
   * that size from four hosts on and leaves the nodes of the others where they are.
   */
  private static int[] counts(Host[] hosts, long minimumRingSize) {
    int heaviest = 1;
    for (Host host : hosts) {
      heaviest = Math.max(heaviest, host.weight());
    }
    long most = Math.max(1, MAX_RING_SIZE / hosts.length);
    long full = Math.min(most, Math.max(MIN_NODES_PER_HOST, minimumRingSize / 4));
    int[] counts = new int[hosts.length];
    for (int i = 0; i < hosts.length; i++) {
      counts[i] = (int) Math.max(1, full * hosts[i].weight() / heaviest);
    }
    return counts;
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
