package dev.heddle.policy.balance;

/** Running sums of weights, from which one index is drawn in proportion. */
public final class Weights {

  private final int[] sums;
  private final boolean equal;

  private Weights(int[] sums, boolean equal) {
    this.sums = sums;
    this.equal = equal;
  }

  /**
   * Weights of at least one item; all zero counts as all equal. IllegalArgumentException if one is
   * negative or their sum exceeds 2^31-1.
   */
  public static Weights of(int... weights) {
    int[] sums = new int[weights.length];
    long sum = 0;
    boolean equal = true;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] < 0) {
        throw new IllegalArgumentException("weight: " + weights[i] + " (expected: >= 0)");
      }
      sum += weights[i];
      equal &= weights[i] == weights[0];
      sums[i] = (int) Math.min(sum, Integer.MAX_VALUE);
    }
    if (sum > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "sum of weights: " + sum + " (expected: at most " + Integer.MAX_VALUE + ")");
    }
    return new Weights(sums, equal);
  }

  /** Whether all items have the same weight. */
  public boolean equal() {
    return equal;
  }

  /** An index in proportion to the weights. */
  public int pick(RandomSource random) {
    int count = sums.length;
    if (equal) {
      return count == 1 ? 0 : random.nextInt(count);
    }
    int drawn = random.nextInt(sums[count - 1]);
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sums[middle] > drawn) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Weights of hosts, scaled down where their sum would pass 2^31-1. */
  static Weights of(Host[] hosts) {
    long sum = 0;
    for (Host host : hosts) {
      sum += host.weight();
    }
    long divisor = sum / Integer.MAX_VALUE + 1;
    int[] weights = new int[hosts.length];
    for (int i = 0; i < hosts.length; i++) {
      weights[i] = (int) (hosts[i].weight() / divisor);
    }
    return of(weights);
  }
}
