package dev.heddle.policy.balance;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Ketama-like ring: a key goes to the next virtual node; a host that leaves moves only its own
 * keys.
 */
final class RingHashBalancer implements Balancer {

  /** Virtual nodes at most, Envoy's limit, to bound memory. */
  private static final int MAX_RING_SIZE = 8 * 1024 * 1024;

  private final Host[] hosts;
  private final long[] points;
  private final int[] owners;

  RingHashBalancer(Host[] hosts, long minimumRingSize) {
    this.hosts = hosts;
    long total = 0;
    for (Host host : hosts) {
      total += host.endpoint().weight();
    }
    double perWeight = (double) Math.min(MAX_RING_SIZE, Math.max(1, minimumRingSize)) / total;
    Node[] ring =
        IntStream.range(0, hosts.length)
            .boxed()
            .flatMap(i -> nodes(i, perWeight))
            .sorted((a, b) -> Long.compare(a.point, b.point))
            .toArray(Node[]::new);
    points = Arrays.stream(ring).mapToLong(node -> node.point).toArray();
    owners = Arrays.stream(ring).mapToInt(node -> node.owner).toArray();
  }

  private Stream<Node> nodes(int owner, double perWeight) {
    Endpoint endpoint = hosts[owner].endpoint();
    String name = endpoint.address() + ":" + endpoint.port();
    int count = (int) Math.max(1, Math.ceil(endpoint.weight() * perWeight));
    return IntStream.range(0, count).mapToObj(i -> new Node(HashKey.of(name, i), owner));
  }

  @Override
  public Host pick(long hash, long nowNanos, RandomSource random) {
    if (hash == NO_HASH) {
      return hosts[random.nextInt(hosts.length)];
    }
    int at = Arrays.binarySearch(points, hash);
    int next = at >= 0 ? at : -at - 1;
    return hosts[owners[next == points.length ? 0 : next]];
  }

  @Override
  public boolean consistent() {
    return true;
  }

  private static final class Node {
    final long point;
    final int owner;

    Node(long point, int owner) {
      this.point = point;
      this.owner = owner;
    }
  }
}
