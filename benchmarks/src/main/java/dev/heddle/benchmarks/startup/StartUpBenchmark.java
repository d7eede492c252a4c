package dev.heddle.benchmarks.startup;

import dev.heddle.benchmarks.process.ControlProcess;
import dev.heddle.benchmarks.process.Home;
import dev.heddle.benchmarks.process.Java;
import dev.heddle.benchmarks.process.Workspace;
import dev.heddle.benchmarks.report.Row;
import dev.heddle.benchmarks.report.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The rows of start-up. */
public final class StartUpBenchmark {

  private static final String RULES =
      """
      apiVersion: networking.istio.io/v1
      kind: ServiceEntry
      metadata: {name: reviews}
      spec:
        hosts: [reviews.default.svc.cluster.local]
        location: MESH_INTERNAL
        resolution: STATIC
        ports: [{number: 9080, name: http, protocol: HTTP}]
        endpoints: [{address: 127.0.0.1}]
      """;

  private final Home home;
  private final List<Java> javas;
  private final int rounds;
  private final Samples samples;
  private final Consumer<String> progress;

  /**
   * Puts what it measures into the samples.
   *
   * @param rounds starts of each kind; of those that have no bar half as many
   */
  public StartUpBenchmark(
      Home home, List<Java> javas, int rounds, Samples samples, Consumer<String> progress) {
    this.home = home;
    this.javas = javas;
    this.rounds = rounds;
    this.samples = samples;
    this.progress = progress;
  }

  /** Measures all; gives the rows. */
  public List<Row> run() throws IOException, InterruptedException {
    StartUpRows rows = new StartUpRows(samples);
    List<Row> all = new ArrayList<>();
    try (Workspace workspace = new Workspace()) {
      workspace.write("rules", "rules.yaml", RULES);
      Path logs = workspace.folder("logs");
      Archives archives = new Archives(workspace);
      Path extracted = archives.extract(home.springApp());
      FirstAnswer firstAnswer = new FirstAnswer(logs);
      Rounds turns = new Rounds(rounds, firstAnswer, samples, progress);
      Rounds fewer = new Rounds((rounds + 1) / 2, firstAnswer, samples, progress);
      try (ControlProcess control = new ControlProcess(home, workspace.folder("rules"), logs)) {
        Agents agents = new Agents(home, control.address(), workspace);
        for (Java java : javas) {
          String jdk = "JDK " + java.version();
          all.addAll(rows.fatJar(new FatJar(agents, turns).measure(java, home.springApp(), jdk)));
          for (Archive archive : Archive.of(java)) {
            all.addAll(
                rows.archive(
                    archive,
                    new WithArchive(agents, archives, fewer, samples)
                        .measure(archive, java, extracted, jdk)));
          }
        }
      }
    }
    return all;
  }
}
