package dev.heddle.policy.balance;

import java.util.Arrays;

/**
 * Maglev (Eisenbud et al., NSDI 2016, §3.4): a lookup table that each host fills in its own order.
 */
final class MaglevBalancer implements Balancer {

  /** Envoy's default and its largest table is a prime below 5,000,011. */
  private static final long MAX_TABLE_SIZE = 5_000_011;

  private final Host[] hosts;
  private final int[] table;

  MaglevBalancer(Host[] hosts, long tableSize) {
    if (tableSize < 2 || tableSize > MAX_TABLE_SIZE) {
      throw new IllegalArgumentException(
          "maglev tableSize: "
              + tableSize
              + " (expected: a prime from 2 to "
              + MAX_TABLE_SIZE
              + ")");
    }
    this.hosts = hosts;
    this.table = fill(hosts, (int) tableSize);
  }

  private static int[] fill(Host[] hosts, int size) {
    long[] offset = new long[hosts.length];
    long[] skip = new long[hosts.length];
    long[] next = new long[hosts.length];
    long heaviest = 1;
    for (int i = 0; i < hosts.length; i++) {
      String name = hosts[i].endpoint().address() + ":" + hosts[i].endpoint().port();
      offset[i] = Long.remainderUnsigned(HashKey.of(name), size);
      skip[i] = Long.remainderUnsigned(HashKey.of(name, 1), size - 1) + 1;
      heaviest = Math.max(heaviest, hosts[i].endpoint().weight());
    }
    int[] table = new int[size];
    Arrays.fill(table, -1);
    double[] due = new double[hosts.length];
    for (int filled = 0; filled < size; ) {
      for (int i = 0; i < hosts.length && filled < size; i++) {
        due[i] += (double) hosts[i].endpoint().weight() / heaviest;
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
