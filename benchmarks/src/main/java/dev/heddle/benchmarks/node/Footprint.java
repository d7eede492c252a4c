package dev.heddle.benchmarks.node;

import dev.heddle.benchmarks.process.Memory;
import dev.heddle.benchmarks.report.Samples;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Memory of the daemon and of a pair of Envoys: idle, after load, and what a pod adds. */
final class Footprint {

  static final String EXPERIMENT = "memory";
  static final String IDLE = "idleMegabytes";
  static final String LOADED = "loadedMegabytes";
  static final String PER_POD = "kilobytesPerPod";

  private static final int CONNECTIONS = 1_000;
  private static final double KILOBYTES = 1_024;

  private final NodeStage stage;
  private final Loads loads;
  private final NodeEffort effort;
  private final Samples samples;

  Footprint(NodeStage stage, Loads loads, NodeEffort effort, Samples samples) {
    this.stage = stage;
    this.loads = loads;
    this.effort = effort;
    this.samples = samples;
  }

  void measure() throws IOException, InterruptedException {
    for (int round = 0; round < effort.coldRounds(); round++) {
      stage.restart(Map.of());
      settle();
      double idle = stage.daemon().residentMegabytes();
      double perPod = perPod(round);
      double loaded = loaded(stage.heddle());
      samples.add(
          EXPERIMENT, round, Side.HEDDLE, Map.of(IDLE, idle, LOADED, loaded, PER_POD, perPod));
    }
    for (Side side : stage.sides()) {
      if (side.name().equals(Side.ENVOY)) {
        double idle = resident(side);
        samples.add(EXPERIMENT, 0, Side.ENVOY, Map.of(IDLE, idle, LOADED, loaded(side)));
      }
    }
  }

  private double perPod(int round) throws IOException, InterruptedException {
    double before = stage.daemon().residentMegabytes();
    for (int i = 0; i < effort.pods(); i++) {
      stage.captureAnother(round * effort.pods() + i);
    }
    settle();
    double added = stage.daemon().residentMegabytes() - before;
    return added * KILOBYTES / effort.pods();
  }

  private double loaded(Side side) throws IOException, InterruptedException {
    loads.measure(Experiment.MESH, side, CONNECTIONS, effort.coldSeconds());
    settle();
    return resident(side);
  }

  /** One process of a side: a node has one daemon, and each pod has one Envoy. */
  private static double resident(Side side) throws IOException {
    return Memory.residentMegabytes(side.processes().getLast().pid());
  }

  /** Connections that are closed, and memory that is given back, are so within this. */
  private static void settle() throws InterruptedException {
    TimeUnit.SECONDS.sleep(1);
  }
}
