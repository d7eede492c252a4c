package dev.heddle.benchmarks.call;

/**
 * How long to measure calls.
 *
 * @param rounds pairs of JVMs
 * @param warmUpCalls of each JVM before anything is measured: until the compilers have done with
 *     it, and an agent gives them more to do
 * @param targetCalls of each JVM to each further target, before that is measured
 * @param slices turns of each JVM in a round
 * @param callsPerSlice some 50 ms
 * @param loopSlices turns of the closed loop, after one that is thrown away
 * @param loopMillis length of a turn
 */
public record CallEffort(
    int rounds,
    int warmUpCalls,
    int targetCalls,
    int slices,
    int callsPerSlice,
    int loopSlices,
    int loopMillis) {

  /** For the record. */
  public static final CallEffort FULL = new CallEffort(6, 60_000, 5_000, 20, 1_000, 4, 1_000);

  /** To see that it runs. */
  public static final CallEffort QUICK = new CallEffort(2, 5_000, 1_000, 6, 500, 2, 500);
}
