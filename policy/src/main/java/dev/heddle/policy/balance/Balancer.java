package dev.heddle.policy.balance;

/**
 * Picks one of a fixed set of hosts. A new set makes a new balancer, so that picking reads only
 * final fields; hot path: no lock, no allocation.
 */
public interface Balancer {

  /** No key was found for a consistent hash: any host will do. */
  long NO_HASH = 0;

  /** One of the hosts, of which there is at least one. */
  Host pick(long hash, long nowNanos, RandomSource random);

  /** Whether the same key leads to the same host, so that a retry must not be led away from it. */
  default boolean consistent() {
    return false;
  }
}
