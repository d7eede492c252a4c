package dev.heddle.benchmarks.call;

/**
 * How long to measure calls.
 *
 * @param rounds pairs of JVMs
 * @param warmUpCalls of each JVM to each target, before anything is measured
 * @param slices turns of each JVM in a round
 * @param callsPerSlice some 50 ms
 * @param loopSlices turns of the closed loop, after one that is thrown away
 * @param loopMillis length of a turn
 */
public record CallEffort(
    int rounds, int warmUpCalls, int slices, int callsPerSlice, int loopSlices, int loopMillis) {

  /** For the record. */
  public static final CallEffort FULL = new CallEffort(6, 15_000, 20, 1_000, 4, 1_000);

  /** To see that it runs. */
  public static final CallEffort QUICK = new CallEffort(2, 5_000, 6, 500, 2, 500);
}
