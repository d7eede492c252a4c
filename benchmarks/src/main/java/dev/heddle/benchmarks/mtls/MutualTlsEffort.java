package dev.heddle.benchmarks.mtls;

/**
 * How long to measure mutual TLS.
 *
 * @param rounds sets of JVMs
 * @param warmUpCalls of each client, before anything is measured
 * @param slices turns of each arm in a round
 * @param callsPerSlice some 50 ms
 * @param loopMillis length of a turn of the closed loop
 * @param paceMillis length of a turn at a steady rate
 * @param bulks bodies of 100 MB
 * @param idle connections that are held
 */
public record MutualTlsEffort(
    int rounds,
    int warmUpCalls,
    int slices,
    int callsPerSlice,
    int loopMillis,
    int paceMillis,
    int bulks,
    int idle) {

  /** For the record. */
  public static final MutualTlsEffort FULL =
      new MutualTlsEffort(5, 15_000, 10, 1_000, 1_000, 4_000, 3, 1_000);

  /** To see that it runs. */
  public static final MutualTlsEffort QUICK =
      new MutualTlsEffort(1, 3_000, 3, 500, 500, 1_000, 1, 200);
}
