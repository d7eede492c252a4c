package dev.heddle.benchmarks.node;

import java.util.List;

/**
 * How long to measure the node daemon.
 *
 * @param rounds turns of all sides on each row
 * @param seconds of a turn
 * @param connections of rows that are measured with several counts; 32 is always among them
 * @param coldRounds starts of the daemon
 * @param coldSeconds of load right after a start
 * @param pods captured to see what each adds
 */
public record NodeEffort(
    int rounds, int seconds, List<Integer> connections, int coldRounds, int coldSeconds, int pods) {

  /** For the record. */
  public static final NodeEffort FULL = new NodeEffort(6, 1, List.of(1, 32, 256), 3, 10, 16);

  /** To see that it runs. */
  public static final NodeEffort QUICK = new NodeEffort(1, 1, List.of(32), 1, 2, 4);
}
