package dev.heddle.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A clone of Heddle whose jars are built. */
public record Home(Path root) {

  /** The agent. */
  public Path agent() throws IOException {
    return built("agent/dist/target/heddle-agent.jar");
  }

  /** The control service. */
  public Path control() throws IOException {
    return built("control/target/heddle-control.jar");
  }

  /** What captures a pod. */
  public Path init() throws IOException {
    return built("iptables-init/target/heddle-init.jar");
  }

  /** The Spring Boot app of the start-up rows. */
  public Path springApp() throws IOException {
    return built("benchmarks/spring-app/target/heddle-benchmarks-spring-app.jar");
  }

  /** OpenTelemetry's agent, the reference of the start-up rows. */
  public Path openTelemetry() throws IOException {
    return built("benchmarks/target/peers/opentelemetry-javaagent.jar");
  }

  private Path built(String jar) throws IOException {
    Path path = root.resolve(jar);
    if (!Files.isRegularFile(path)) {
      throw new IOException(jar + " is missing; benchmarks/run builds it");
    }
    return path.toAbsolutePath();
  }
}
