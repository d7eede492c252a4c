package dev.heddle.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The control service as it is shipped, over a directory of YAML. */
public final class ControlProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(30);

  private final Child child;
  private final String address;

  /** Starts it and waits until it is ready. */
  public ControlProcess(Home home, Path config, Path logs)
      throws IOException, InterruptedException {
    child =
        new Child(
            "control",
            List.of(
                Java.own().command(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                home.control().toString(),
                "--config",
                config.toString(),
                "--grpc",
                "127.0.0.1:0",
                "--http",
                "127.0.0.1:0"),
            Map.of(),
            logs);
    try {
      address = child.answer("grpc ", START);
      child.answer("ready", START);
    } catch (IOException | InterruptedException e) {
      child.close();
      throw e;
    }
  }

  /** Where agents connect: host:port. */
  public String address() {
    return address;
  }

  /** Its number. */
  public long pid() {
    return child.pid();
  }

  @Override
  public void close() {
    child.close();
  }
}
