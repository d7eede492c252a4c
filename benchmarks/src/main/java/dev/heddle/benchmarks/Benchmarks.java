package dev.heddle.benchmarks;

import dev.heddle.benchmarks.call.CallBenchmark;
import dev.heddle.benchmarks.call.CallEffort;
import dev.heddle.benchmarks.decision.Decisions;
import dev.heddle.benchmarks.process.Home;
import dev.heddle.benchmarks.report.Report;
import dev.heddle.benchmarks.report.Row;
import dev.heddle.benchmarks.report.Samples;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code benchmarks/run}. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures what Heddle costs, each beside the same program without it.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class Benchmarks implements Callable<Integer> {

  /** The parts of the table. */
  enum Part {
    decision,
    calls
  }

  @Option(names = "--home", required = true, hidden = true)
  private Path home;

  @Option(
      names = "--quick",
      description = "Short runs that show that all works; their figures say little.")
  private boolean quick;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description = "Only these parts of the table: ${COMPLETION-CANDIDATES}.")
  private Set<Part> only = EnumSet.allOf(Part.class);

  /** Runs and prints the table; exit code 1 only if it could not be measured. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Benchmarks()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Samples samples = new Samples();
    List<Row> rows = new ArrayList<>();
    Home jars = new Home(home);
    for (Part part : only) {
      rows.addAll(
          switch (part) {
            case decision -> new Decisions(quick, samples).run();
            case calls ->
                new CallBenchmark(
                        jars,
                        quick ? CallEffort.QUICK : CallEffort.FULL,
                        samples,
                        System.err::println)
                    .run();
          });
    }
    System.out.print(Report.table(rows));
    Path file =
        Report.write(
            home.resolve("benchmarks/results"),
            Clock.systemUTC(),
            Map.of("quick", quick, "parts", only),
            rows,
            samples);
    System.out.println("Raw samples: " + home.relativize(file));
    return 0;
  }
}
