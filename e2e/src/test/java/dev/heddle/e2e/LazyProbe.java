package dev.heddle.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client's JVM, started when the first test needs it. */
final class LazyProbe implements AutoCloseable {

  /** Rules are what is looked at, not how long a busy machine takes to fetch them first. */
  private static final String PATIENCE = "30s";

  private final Jdk jdk;
  private final String client;
  private final Control control;
  private final Path directory;
  private final List<String> options;
  private @Nullable ProbeProcess started;

  /**
   * A probe that is not started yet.
   *
   * @param directory for its log
   * @param options of its JVM
   */
  LazyProbe(Jdk jdk, String client, Control control, Path directory, List<String> options) {
    this.jdk = jdk;
    this.client = client;
    this.control = control;
    this.directory = directory;
    this.options = options;
  }

  ProbeProcess get() throws IOException, InterruptedException {
    if (started == null) {
      Map<String, String> settings =
          Map.of(
              "CONTROL",
              control.address(),
              "LABELS",
              "app=probe,version=v7",
              "WORKLOAD",
              client,
              "FIRST_CALL_WAIT",
              PATIENCE);
      Path log = directory.resolve(this + ".log");
      started = new ProbeProcess(jdk, options, client, settings, log);
    }
    return started;
  }

  @Override
  public String toString() {
    return client + " on " + jdk.name();
  }

  @Override
  public void close() {
    if (started != null) {
      started.close();
    }
  }
}
