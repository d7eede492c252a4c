package dev.heddle.benchmarks.node;

import dev.heddle.benchmarks.report.Samples;
import java.io.IOException;
import java.util.Map;

/** A daemon that has just begun, under load at once, beside itself when it has run for a while. */
final class ColdStarts {

  static final String EXPERIMENT = "cold";
  static final String SHIPPED = "as shipped";
  static final String BARE = "without cache and warm-up";
  static final String START = "startMillis";
  static final String RATE = "coldOfWarm";

  private static final int CONNECTIONS = 32;

  private final NodeStage stage;
  private final Loads loads;
  private final NodeEffort effort;
  private final Samples samples;

  ColdStarts(NodeStage stage, Loads loads, NodeEffort effort, Samples samples) {
    this.stage = stage;
    this.loads = loads;
    this.effort = effort;
    this.samples = samples;
  }

  void measure() throws IOException, InterruptedException {
    for (int round = 0; round < effort.coldRounds(); round++) {
      measure(round, SHIPPED, Map.of());
      measure(round, BARE, Map.of("HEDDLE_NODE_AOT", "off"), "--warm-up", "off");
    }
  }

  private void measure(int round, String arm, Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    Daemon daemon = stage.restart(environment, options);
    double cold = rate();
    rate(); // by then it is warm
    double warm = rate();
    samples.add(EXPERIMENT, round, arm, Map.of(START, daemon.startMillis(), RATE, cold / warm));
  }

  private double rate() throws IOException, InterruptedException {
    return loads
        .measure(Experiment.MESH, stage.heddle(), CONNECTIONS, effort.coldSeconds())
        .getOrDefault("perSecond", 0.0);
  }
}
