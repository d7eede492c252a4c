package dev.heddle.benchmarks.startup;

import dev.heddle.benchmarks.process.Child;
import dev.heddle.benchmarks.process.Java;
import dev.heddle.benchmarks.process.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes archives as Spring Boot's reference (Efficient Deployments) tells people to: the app
 * extracted, trained by a start that ends when the context is refreshed.
 */
final class Archives {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TRAINING = "-Dspring.context.exit=onRefresh";

  /** What {@code -Xlog:class+load} says of a class that needed no class file. */
  private static final String FROM_ARCHIVE = "source: shared objects file";

  private final Workspace workspace;
  private final Path logs;

  Archives(Workspace workspace) throws IOException {
    this.workspace = workspace;
    this.logs = workspace.folder("logs");
  }

  /** The app's jar with its libraries beside it, as archives want them. */
  Path extract(Path jar) throws IOException, InterruptedException {
    Path folder = workspace.folder("app").resolve("extracted");
    run(
        List.of(
            Java.own().command(),
            "-Djarmode=tools",
            "-jar",
            jar.toString(),
            "extract",
            "--destination",
            folder.toString()),
        Map.of());
    return folder.resolve(jar.getFileName());
  }

  /** An archive of what this start loads; gives the option that uses it. */
  String make(Archive archive, Launch launch) throws IOException, InterruptedException {
    Path file = workspace.freshFolder("archive").resolve("app");
    train(launch, archive.made(file));
    if (!Files.isRegularFile(file)) {
      throw new IOException(archive.label() + ": the JVM made none");
    }
    return archive.used(file);
  }

  /** Classes of one start that came from an archive, by the JVM's own log. */
  double classesFromArchive(Launch launch) throws IOException, InterruptedException {
    Path log = Files.createTempFile(logs, "classes", ".log");
    train(launch, "-Xlog:class+load:file=" + log);
    try (Stream<String> lines = Files.lines(log)) {
      return lines.filter(line -> line.contains(FROM_ARCHIVE)).count();
    }
  }

  private void train(Launch launch, String option) throws IOException, InterruptedException {
    run(launch.with(option).with(TRAINING).command(), launch.environment());
  }

  private void run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    try (Child child = new Child("archive", command, environment, logs)) {
      child.awaitEnd(PATIENCE);
    }
  }
}
