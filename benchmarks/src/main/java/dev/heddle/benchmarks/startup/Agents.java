package dev.heddle.benchmarks.startup;

import dev.heddle.benchmarks.process.Home;
import dev.heddle.benchmarks.process.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Puts agents into starts. */
final class Agents {

  /** All of its instrumentation, nothing exported. */
  private static final Map<String, String> EXPORTERS_NONE =
      Map.of(
          "OTEL_TRACES_EXPORTER", "none",
          "OTEL_METRICS_EXPORTER", "none",
          "OTEL_LOGS_EXPORTER", "none");

  private final Home home;
  private final String control;
  private final Workspace workspace;
  private final Path warm;

  Agents(Home home, String control, Workspace workspace) throws IOException {
    this.home = home;
    this.control = control;
    this.workspace = workspace;
    this.warm = workspace.freshFolder("state");
  }

  /** As if the machine had never seen the agent. */
  Launch first(Launch plain) throws IOException {
    return plain.as(Arm.FIRST, javaagent(), settings(workspace.freshFolder("state")));
  }

  /** With the state that the starts before it left. */
  Launch later(Launch plain) throws IOException {
    return plain.as(Arm.LATER, javaagent(), settings(warm));
  }

  Launch agentlib(String arm, Launch plain) throws IOException {
    return plain.as(arm, "-agentlib:instrument=" + home.agent(), settings(warm));
  }

  Launch openTelemetry(Launch plain) throws IOException {
    return plain.as(Arm.OPEN_TELEMETRY, "-javaagent:" + home.openTelemetry(), EXPORTERS_NONE);
  }

  private String javaagent() throws IOException {
    return "-javaagent:" + home.agent();
  }

  private Map<String, String> settings(Path state) {
    return Map.of(
        "HEDDLE_CONTROL", control, "HEDDLE_ADMIN", "off", "HEDDLE_STATE_DIR", state.toString());
  }
}
