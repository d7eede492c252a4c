package dev.heddle.benchmarks.authz;

import dev.heddle.benchmarks.report.Row;
import dev.heddle.benchmarks.report.Samples;
import dev.heddle.benchmarks.report.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The rows of {@link AuthorizationBenchmark}: of all kinds of rules the slowest. */
@SuppressWarnings("rawtypes") // JMH hands out its Result raw
public final class Authorizations {

  private static final String ALLOCATED = "gc.alloc.rate.norm";
  private static final double BAR_NANOS = 1_000;

  /** JMH divides what the profiler sees by the calls: less than this is its own doing. */
  private static final double NO_BYTES = 0.5;

  private final boolean quick;
  private final Samples samples;

  /** Puts what it measures into the samples. */
  public Authorizations(boolean quick, Samples samples) {
    this.quick = quick;
    this.samples = samples;
  }

  /** Measures all; gives the rows. */
  public List<Row> run() throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(AuthorizationBenchmark.class.getName())
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
    double slowest = most(results, "request", Authorizations::nanosOf);
    double bytes = most(results, "request", Authorizations::bytesOf);
    return List.of(
        new Row(
            "authorization of a request, 100 policies x 5 rules, slowest",
            nanos(slowest),
            "< 1000 ns",
            Verdict.of(slowest < BAR_NANOS)),
        new Row(
            "authorization of a request, most allocated by any",
            String.format(Locale.ROOT, "%.2f B", bytes),
            "0 B",
            Verdict.of(bytes < NO_BYTES)),
        Row.reference(
            "authorization, what a connection settles for its requests, slowest",
            nanos(most(results, "connection", Authorizations::nanosOf))));
  }

  private void keep(RunResult result) {
    samples.add(
        "authorization " + name(result),
        0,
        result.getParams().getParam("kind"),
        Map.of("nanosPerCall", nanosOf(result), "bytesPerCall", bytesOf(result)));
  }

  private interface Figure {
    double of(RunResult result);
  }

  private static double most(Collection<RunResult> all, String benchmark, Figure figure) {
    return all.stream()
        .filter(result -> name(result).equals(benchmark))
        .mapToDouble(figure::of)
        .max()
        .orElseThrow();
  }

  private static String name(RunResult result) {
    String benchmark = result.getParams().getBenchmark();
    return benchmark.substring(benchmark.lastIndexOf('.') + 1);
  }

  private static String nanos(double nanos) {
    return String.format(Locale.ROOT, "%.0f ns", nanos);
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
