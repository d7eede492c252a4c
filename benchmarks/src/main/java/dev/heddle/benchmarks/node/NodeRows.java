package dev.heddle.benchmarks.node;

import dev.heddle.benchmarks.node.Experiment.Asked;
import dev.heddle.benchmarks.node.Experiment.Figure;
import dev.heddle.benchmarks.report.Interval;
import dev.heddle.benchmarks.report.Row;
import dev.heddle.benchmarks.report.Sample;
import dev.heddle.benchmarks.report.Samples;
import dev.heddle.benchmarks.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of what was measured: Heddle as a multiple of the others. */
final class NodeRows {

  private static final double START_BAR_MILLIS = 600;
  private static final double CAPTURE_BAR_NANOS = 5_000;
  private static final double COLD_BAR = 0.8;
  private static final double IDLE_BAR = 100;
  private static final double LOADED_BAR = 130;
  private static final double PER_POD_BAR = 100;

  private final Samples samples;

  NodeRows(Samples samples) {
    this.samples = samples;
  }

  /** What is asked of an experiment, and for comparison what the others do. */
  List<Row> of(Experiment experiment, int connections) {
    String name = experiment.experiment(connections);
    List<Row> rows = new ArrayList<>();
    for (Asked asked : experiment.asked()) {
      if (measured(name, asked.base())) {
        rows.add(asked(name, asked));
      }
    }
    for (String other : List.of(Side.ENVOY, Side.HAPROXY, Side.NGINX, Side.DIRECT)) {
      boolean said = experiment.asked().stream().anyMatch(asked -> isRateOf(asked, other));
      if (!said && measured(name, other)) {
        rows.add(
            Row.reference(
                name + ": rate",
                samples.ratio(name, Side.HEDDLE, other, Figure.RATE.value()).text(2)
                    + " x "
                    + other));
      }
    }
    return rows;
  }

  private static boolean isRateOf(Asked asked, String side) {
    return asked.figure() == Figure.RATE && asked.base().equals(side);
  }

  private Row asked(String name, Asked asked) {
    Interval ratio = samples.ratio(name, Side.HEDDLE, asked.base(), asked.figure().value());
    return new Row(
        name + ": " + asked.figure().words(),
        ratio.text(2) + " x " + asked.base(),
        (asked.least() ? ">= " : "<= ") + asked.bar() + " x",
        Verdict.of(asked.least() ? ratio.median() >= asked.bar() : ratio.median() <= asked.bar()));
  }

  private boolean measured(String experiment, String side) {
    for (Sample sample : samples.all()) {
      if (sample.experiment().equals(experiment) && sample.arm().equals(side)) {
        return true;
      }
    }
    return false;
  }

  List<Row> capture() {
    Interval nanos = samples.of(CaptureCost.EXPERIMENT, Side.HEDDLE, CaptureCost.NANOS);
    return List.of(
        below("capture of a connection, processor time", nanos, CAPTURE_BAR_NANOS, "ns"));
  }

  List<Row> cold() {
    List<Row> rows = new ArrayList<>();
    Interval start = samples.of(ColdStarts.EXPERIMENT, ColdStarts.SHIPPED, ColdStarts.START);
    rows.add(below("daemon with two pods, start to ready", start, START_BAR_MILLIS, "ms"));
    Interval cold = samples.of(ColdStarts.EXPERIMENT, ColdStarts.SHIPPED, ColdStarts.RATE);
    rows.add(
        new Row(
            "cold daemon, first seconds under load: rate",
            cold.text(2) + " x its warm rate",
            ">= " + COLD_BAR + " x",
            Verdict.of(cold.median() >= COLD_BAR)));
    Interval bare = samples.of(ColdStarts.EXPERIMENT, ColdStarts.BARE, ColdStarts.START);
    rows.add(Row.reference("start to ready, " + ColdStarts.BARE, bare.text(0) + " ms"));
    rows.add(
        Row.reference(
            "cold daemon, " + ColdStarts.BARE,
            samples.of(ColdStarts.EXPERIMENT, ColdStarts.BARE, ColdStarts.RATE).text(2)
                + " x its warm rate"));
    return rows;
  }

  List<Row> memory() {
    return List.of(
        below("daemon in memory, idle", memory(Footprint.IDLE), IDLE_BAR, "MB"),
        below(
            "daemon in memory, after load with 1,000 connections",
            memory(Footprint.LOADED),
            LOADED_BAR,
            "MB"),
        below("daemon in memory, each pod more", memory(Footprint.PER_POD), PER_POD_BAR, "KB"),
        Row.reference(
            "one Envoy in memory, idle and after the same load",
            envoy(Footprint.IDLE) + " MB, " + envoy(Footprint.LOADED) + " MB"));
  }

  private Interval memory(String value) {
    return samples.of(Footprint.EXPERIMENT, Side.HEDDLE, value);
  }

  private String envoy(String value) {
    return String.format(
        Locale.ROOT, "%.0f", samples.of(Footprint.EXPERIMENT, Side.ENVOY, value).median());
  }

  private static Row below(String what, Interval figure, double bar, String unit) {
    return new Row(
        what,
        figure.text(0) + " " + unit,
        String.format(Locale.ROOT, "< %.0f %s", bar, unit),
        Verdict.of(figure.median() < bar));
  }
}
