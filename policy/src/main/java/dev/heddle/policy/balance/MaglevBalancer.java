package dev.heddle.policy.balance;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Maglev (Eisenbud et al., NSDI 2016, §3.4): a lookup table that each host fills in its own order.
 */
final class MaglevBalancer implements Balancer {

  /** Envoy's largest table, to bound memory: 4 bytes a slot. */
  private static final long MAX_TABLE_SIZE = 5_000_011;

  private final Host[] hosts;
  private final int[] table;

  MaglevBalancer(Host[] hosts, long tableSize) {
    checkTableSize(tableSize);
    this.hosts = hosts;
    this.table = fill(hosts, (int) tableSize);
  }

  /**
   * Only in a table of prime size does each host's order visit every slot; in another the filling
   * might not end.
   */
  static void checkTableSize(long size) {
    if (size < 2 || size > MAX_TABLE_SIZE || !BigInteger.valueOf(size).isProbablePrime(50)) {
      throw new IllegalArgumentException(
          "maglev tableSize: " + size + " (expected: a prime from 2 to " + MAX_TABLE_SIZE + ")");
    }
  }

  private static int[] fill(Host[] hosts, int size) {
    long[] offset = new long[hosts.length];
    long[] skip = new long[hosts.length];
    long[] next = new long[hosts.length];
    long heaviest = 1;
    for (int i = 0; i < hosts.length; i++) {
      String name = hosts[i].endpoint().address() + ":" + hosts[i].endpoint().port();
      offset[i] = Long.remainderUnsigned(HashKey.of(name), size);
      skip[i] = Long.remainderUnsigned(HashKey.of(name, 1), Math.max(1, size - 1)) + 1;
      heaviest = Math.max(heaviest, hosts[i].weight());
    }
    int[] table = new int[size];
    Arrays.fill(table, -1);
    double[] due = new double[hosts.length];
    for (int filled = 0; filled < size; ) {
      for (int i = 0; i < hosts.length && filled < size; i++) {
        due[i] += (double) hosts[i].weight() / heaviest;
        if (due[i] < 1) {
          continue;
        }
        due[i] -= 1;
        int slot;
        do {
          slot = (int) ((offset[i] + skip[i] * next[i]++) % size);
        } while (table[slot] >= 0);
        table[slot] = i;
        filled++;
      }
    }
    return table;
  }

  @Override
  public Host pick(long hash, long nowNanos, RandomSource random) {
    if (hash == NO_HASH) {
      return hosts[random.nextInt(hosts.length)];
    }
    return hosts[table[(int) Long.remainderUnsigned(hash, table.length)]];
  }

  @Override
  public boolean consistent() {
    return true;
  }
}
