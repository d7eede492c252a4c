package dev.heddle.benchmarks.decision;

import dev.heddle.benchmarks.report.Row;
import dev.heddle.benchmarks.report.Samples;
import dev.heddle.benchmarks.report.Verdict;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The rows of {@link DecisionBenchmark}: of each number of rules the slowest way through them. */
@SuppressWarnings("rawtypes") // JMH hands out its Result raw
public final class Decisions {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  /** JMH divides what the profiler sees by the calls: less than this is its own doing. */
  private static final double NO_BYTES = 0.5;

  private final boolean quick;
  private final Samples samples;

  /** Puts what it measures into the samples. */
  public Decisions(boolean quick, Samples samples) {
    this.quick = quick;
    this.samples = samples;
  }

  /** Measures all; gives the rows. */
  public List<Row> run() throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(DecisionBenchmark.class.getName())
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT);
    if (quick) {
      options
          .warmupIterations(1)
          .measurementIterations(1)
          .measurementTime(TimeValue.milliseconds(300))
          .warmupTime(TimeValue.milliseconds(700));
    }
    Collection<RunResult> results = new Runner(options.build()).run();
    results.forEach(this::keep);
    return List.of(
        time("decision, 20 rules, slowest", "< 300 ns", 300, results, rules("20")),
        allocation(results),
        time(
            "decision, 1,000 rules by exact or prefix path, slowest",
            "< 1000 ns",
            1000,
            results,
            rules("1000").and(result -> !name(result).equals("lastRule"))),
        Row.reference(
            "decision, 1,000 rules, none of them matches",
            nanos(slowest(results, rules("1000").and(r -> name(r).equals("lastRule"))))));
  }

  private void keep(RunResult result) {
    samples.add(
        "decision " + name(result) + ' ' + parameter(result, "rules") + " rules",
        0,
        parameter(result, "balance"),
        Map.of("nanosPerCall", nanosOf(result), "bytesPerCall", bytesOf(result)));
  }

  private static Row time(
      String what, String bar, double most, Collection<RunResult> all, Predicate<RunResult> which) {
    RunResult slowest = slowest(all, which);
    return new Row(what, nanos(slowest), bar, Verdict.of(nanosOf(slowest) < most));
  }

  private static Row allocation(Collection<RunResult> all) {
    double most = all.stream().mapToDouble(Decisions::bytesOf).max().orElseThrow();
    return new Row(
        "decision, most allocated by any",
        String.format(Locale.ROOT, "%.2f B", most),
        "0 B",
        Verdict.of(most < NO_BYTES));
  }

  private static RunResult slowest(Collection<RunResult> all, Predicate<RunResult> which) {
    Stream<RunResult> chosen = all.stream().filter(which);
    return chosen.max(Comparator.comparingDouble(Decisions::nanosOf)).orElseThrow();
  }

  private static String nanos(RunResult result) {
    return String.format(
        Locale.ROOT,
        "%.0f ns (%s, %s)",
        nanosOf(result),
        name(result),
        parameter(result, "balance").toLowerCase(Locale.ROOT));
  }

  private static Predicate<RunResult> rules(String rules) {
    return result -> parameter(result, "rules").equals(rules);
  }

  private static String name(RunResult result) {
    String benchmark = result.getParams().getBenchmark();
    return benchmark.substring(benchmark.lastIndexOf('.') + 1);
  }

  private static String parameter(RunResult result, String name) {
    return result.getParams().getParam(name);
  }

  private static double nanosOf(RunResult result) {
    return result.getPrimaryResult().getScore();
  }

  private static double bytesOf(RunResult result) {
    return result.getSecondaryResults().entrySet().stream()
        .filter(entry -> entry.getKey().endsWith(ALLOCATED))
        .mapToDouble(entry -> entry.getValue().getScore())
        .findFirst()
        .orElseThrow();
  }
}
