package dev.heddle.benchmarks;

import dev.heddle.benchmarks.authz.Authorizations;
import dev.heddle.benchmarks.ca.SigningBenchmark;
import dev.heddle.benchmarks.call.CallBenchmark;
import dev.heddle.benchmarks.call.CallEffort;
import dev.heddle.benchmarks.decision.Decisions;
import dev.heddle.benchmarks.fanout.FanOutBenchmark;
import dev.heddle.benchmarks.mtls.MutualTlsBenchmark;
import dev.heddle.benchmarks.mtls.MutualTlsEffort;
import dev.heddle.benchmarks.node.NodeBenchmark;
import dev.heddle.benchmarks.node.NodeEffort;
import dev.heddle.benchmarks.process.Home;
import dev.heddle.benchmarks.process.Java;
import dev.heddle.benchmarks.process.Workspace;
import dev.heddle.benchmarks.report.Report;
import dev.heddle.benchmarks.report.Row;
import dev.heddle.benchmarks.report.Samples;
import dev.heddle.benchmarks.startup.StartUpBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code benchmarks/run}. */
@Command(
    name = "benchmarks/run",
    mixinStandardHelpOptions = true,
    version = "heddle-benchmarks 0.1.0",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "",
      "Measures what Heddle costs, each figure beside the same program without it",
      "in the same run, and prints one table: what was measured, the median with",
      "its 95 %% confidence interval, the bar, met or missed.",
      ""
    },
    footer = {
      "",
      "The parts, and what they take on two quiet cores:",
      "  decision   3 min  route, destination and endpoint of a call, without I/O",
      "  authz      1 min  who may call: 100 policies of 5 rules, without I/O",
      "  calls      9 min  a GET, 16 threads in a loop, unmanaged hosts; per client",
      "  mtls      12 min  mutual TLS beside plaintext and a pair of Envoys",
      "  startup    6 min  Spring Boot to its first answer; AppCDS, AOT cache",
      "  fanout     1 min  an endpoint changes, 2,000 clients follow it",
      "  ca         1 min  certificates signed per second",
      "  node      14 min  the node daemon beside Envoy, HAProxy, nginx (root, Linux)",
      "",
      "Examples:",
      "  benchmarks/run                 all, for the record, on a machine left alone",
      "  benchmarks/run --quick         all in short, to see that it works",
      "  benchmarks/run --only fanout",
      "  benchmarks/run --only node --row l7-mtls,cold",
      "",
      "Every sample is kept in benchmarks/results/DATE.json (of --quick in",
      "DATE-quick.json, which git ignores). Ctrl-C ends everything it started.",
      "Exit codes: 0 measured (bars may be missed), 1 could not be measured,",
      "2 wrong usage."
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class Benchmarks implements Callable<Integer> {

  private static final int START_UP_ROUNDS = 7;
  private static final int SIGNING_ROUNDS = 9;
  private static final int SIGNING_SECONDS = 3;

  /** The parts of the table. */
  enum Part {
    decision,
    authz,
    calls,
    mtls,
    startup,
    fanout,
    ca,
    node
  }

  @Spec private CommandSpec spec;

  @Option(names = "--home", required = true, hidden = true)
  private Path home;

  @Option(names = "--quick", description = "Short runs; their figures say little.")
  private boolean quick;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description = "Only these parts: ${COMPLETION-CANDIDATES}.")
  private Set<Part> only = EnumSet.allOf(Part.class);

  @Option(
      names = "--row",
      split = ",",
      paramLabel = "ROW",
      description = "Only these rows of node: cold, connections, h2, l4, l7, l7-mtls, ...")
  private Set<String> rows = Set.of();

  @Option(
      names = "--jdk",
      split = ",",
      paramLabel = "HOME",
      defaultValue = "${env:JAVA17_HOME}",
      description = "JDKs to start the app on beside 25 (default: a JDK 17).")
  private List<Path> jdks = List.of();

  /** Runs and prints the table. */
  public static void main(String[] arguments) {
    Thread measuring = Thread.currentThread();
    CountDownLatch over = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(new Stop(measuring, over), "stop"));
    int code =
        new CommandLine(new Benchmarks())
            .setExecutionExceptionHandler(Benchmarks::failed)
            .execute(arguments);
    over.countDown();
    System.exit(code);
  }

  private static int failed(Exception e, CommandLine commandLine, CommandLine.ParseResult unused) {
    commandLine.getErr().println("benchmarks/run: " + e);
    return commandLine.getCommandSpec().exitCodeOnExecutionException();
  }

  @Override
  public Integer call() throws Exception {
    requireKnownRows();
    Samples samples = new Samples();
    List<Row> rows = new ArrayList<>();
    for (Part part : only) {
      rows.addAll(measure(part, samples));
    }
    System.out.print(Report.table(rows));
    Path file =
        Report.write(
            home.resolve("benchmarks/results"),
            Clock.systemUTC(),
            quick ? "-quick" : "",
            Map.of("quick", quick, "parts", only),
            rows,
            samples);
    System.out.println("Raw samples: " + home.relativize(file));
    return 0;
  }

  private void requireKnownRows() {
    for (String row : rows) {
      if (!NodeBenchmark.rows().contains(row)) {
        throw new ParameterException(
            spec.commandLine(),
            "--row " + row + " (expected: of " + String.join(", ", NodeBenchmark.rows()) + ")");
      }
    }
  }

  private List<Row> measure(Part part, Samples samples) throws Exception {
    Home jars = new Home(home);
    return switch (part) {
      case decision -> new Decisions(quick, samples).run();
      case authz -> new Authorizations(quick, samples).run();
      case calls ->
          new CallBenchmark(
                  jars, quick ? CallEffort.QUICK : CallEffort.FULL, samples, Benchmarks::progress)
              .run();
      case mtls ->
          new MutualTlsBenchmark(
                  jars,
                  quick ? MutualTlsEffort.QUICK : MutualTlsEffort.FULL,
                  samples,
                  Benchmarks::progress)
              .run();
      case startup ->
          new StartUpBenchmark(
                  jars, javas(), quick ? 1 : START_UP_ROUNDS, samples, Benchmarks::progress)
              .run();
      case fanout -> new FanOutBenchmark(jars, quick ? 5 : 30, samples, Benchmarks::progress).run();
      case ca -> certificates(samples);
      case node -> node(jars, samples);
    };
  }

  /** Left out of a run of all parts where it cannot be; asked for by name it fails there. */
  private List<Row> node(Home jars, Samples samples) throws IOException, InterruptedException {
    String missing = NodeBenchmark.missing();
    if (missing.isEmpty()) {
      NodeEffort effort = quick ? NodeEffort.QUICK : NodeEffort.FULL;
      return new NodeBenchmark(jars, effort, rows, samples, Benchmarks::progress).run();
    }
    if (only.size() < Part.values().length) {
      throw new IOException("node cannot be measured: " + missing);
    }
    progress("node is left out: " + missing);
    return List.of();
  }

  private List<Row> certificates(Samples samples) throws Exception {
    try (Workspace workspace = new Workspace()) {
      return new SigningBenchmark(
              workspace.freshFolder("ca"),
              quick ? 1 : SIGNING_ROUNDS,
              Duration.ofSeconds(quick ? 1 : SIGNING_SECONDS),
              samples,
              Benchmarks::progress)
          .run();
    }
  }

  private static void progress(String what) {
    System.err.println(what);
  }

  private List<Java> javas() throws IOException {
    List<Java> all = new ArrayList<>();
    for (Path jdk : jdks) {
      all.add(Java.at(jdk));
    }
    all.add(Java.own());
    return all;
  }
}
