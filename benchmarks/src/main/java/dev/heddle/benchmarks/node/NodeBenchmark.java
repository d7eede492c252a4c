package dev.heddle.benchmarks.node;

import dev.heddle.benchmarks.process.Home;
import dev.heddle.benchmarks.process.Workspace;
import dev.heddle.benchmarks.report.Row;
import dev.heddle.benchmarks.report.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The rows of the node daemon. */
public final class NodeBenchmark {

  static final String CAPTURE = "capture";
  static final String COLD = "cold";
  static final String MEMORY = "memory";

  private static final List<String> TOOLS =
      List.of("ip", "nsenter", "iptables-restore", "openssl", "wrk", "h2load", "nginx", "haproxy");

  private static final int MANY = 256;
  private static final int WARM_UP_SECONDS = 3;

  private final Home home;
  private final NodeEffort effort;
  private final Set<String> only;
  private final Samples samples;
  private final Consumer<String> progress;

  /**
   * Puts what it measures into the samples.
   *
   * @param only names of {@link #rows()}; empty: all
   */
  public NodeBenchmark(
      Home home, NodeEffort effort, Set<String> only, Samples samples, Consumer<String> progress) {
    this.home = home;
    this.effort = effort;
    this.only = only;
    this.samples = samples;
    this.progress = progress;
  }

  /** Names of rows, each of which can be measured alone. */
  public static Set<String> rows() {
    Set<String> all = new TreeSet<>(List.of(CAPTURE, COLD, MEMORY));
    for (Experiment experiment : Experiment.values()) {
      all.add(experiment.row());
    }
    return all;
  }

  /** Measures; gives the rows. */
  public List<Row> run() throws IOException, InterruptedException {
    List<Experiment> wanted =
        Arrays.stream(Experiment.values()).filter(row -> wants(row.row())).toList();
    NodeRows rows = new NodeRows(samples);
    List<Row> table = new ArrayList<>();
    try (Workspace workspace = new Workspace();
        NodeStage stage = new NodeStage(home, workspace)) {
      Loads loads = new Loads(stage.stranger(), stage.control());
      if (wants(MEMORY)) {
        progress.accept("node: memory");
        new Footprint(stage, loads, effort, samples).measure();
        table.addAll(rows.memory());
      }
      if (wants(CAPTURE)) {
        progress.accept("node: capture");
        new CaptureCost(stage.network(), workspace, effort.rounds(), samples).measure();
        table.addAll(rows.capture());
      }
      warmUp(wanted, stage.heddle(), loads);
      for (int round = 0; round < effort.rounds(); round++) {
        for (Experiment experiment : wanted) {
          progress.accept("node, round " + (round + 1) + ": " + experiment.what());
          for (int connections : experiment.counts(effort.connections())) {
            turn(experiment, stage.sides(), loads, connections, round);
          }
        }
      }
      for (Experiment experiment : wanted) {
        for (int connections : experiment.counts(effort.connections())) {
          table.addAll(rows.of(experiment, connections));
        }
      }
      if (wants(COLD)) {
        progress.accept("node: cold starts");
        new ColdStarts(stage, loads, effort, samples).measure();
        table.addAll(rows.cold());
      }
    }
    return table;
  }

  private boolean wants(String row) {
    return only.isEmpty() || only.contains(row);
  }

  /** What this machine lacks; empty: nothing. */
  public static String missing() throws IOException, InterruptedException {
    if (!"root".equals(System.getProperty("user.name"))) {
      return "only root may make network namespaces";
    }
    for (String tool : TOOLS) {
      if (!Peers.installed(tool)) {
        return tool
            + " is not installed (as root: apt-get install iproute2 iptables wrk nghttp2-client"
            + " nginx libnginx-mod-stream haproxy)";
      }
    }
    boolean may = Command.run(List.of("unshare", "--net", "true")).exit() == 0;
    return may ? "" : "unshare --net is refused here (CAP_SYS_ADMIN is missing)";
  }

  /** The rates are of a daemon that has run for a while; cold ones have rows of their own. */
  private void warmUp(List<Experiment> wanted, Side heddle, Loads loads)
      throws IOException, InterruptedException {
    for (Experiment experiment : wanted) {
      progress.accept("node, warming up: " + experiment.what());
      loads.measure(experiment, heddle, MANY, Math.min(WARM_UP_SECONDS, effort.rounds()));
    }
  }

  /** Who begins changes, so that being second is nobody's fate. */
  private void turn(
      Experiment experiment, List<Side> sides, Loads loads, int connections, int round)
      throws IOException, InterruptedException {
    for (int i = 0; i < sides.size(); i++) {
      Side side = sides.get((round + i) % sides.size());
      if (side.ways().containsKey(experiment.way())) {
        Map<String, Double> values = loads.measure(experiment, side, connections, effort.seconds());
        samples.add(experiment.experiment(connections), round, side.name(), values);
      }
    }
  }
}
