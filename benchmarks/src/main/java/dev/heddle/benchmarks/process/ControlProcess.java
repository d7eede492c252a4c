package dev.heddle.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The control service as it is shipped, over a directory of YAML. */
public final class ControlProcess implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(30);

  private final Child child;
  private final Map<String, String> addresses = new HashMap<>();

  /** Starts it, with these options beside those that each has, and waits until it is ready. */
  public ControlProcess(Home home, Path config, Path logs, String... options)
      throws IOException, InterruptedException {
    this(List.of(), home, config, logs, options);
  }

  /** The same, run by a command that runs others. */
  public ControlProcess(List<String> runner, Home home, Path config, Path logs, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(runner);
    command.addAll(
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
            "127.0.0.1:0"));
    command.addAll(List.of(options));
    child = new Child("control", command, Map.of(), logs);
    try {
      for (String line = child.answer("", START);
          !line.startsWith("ready");
          line = child.answer("", START)) {
        String[] words = line.split(" ", 2);
        addresses.put(words[0], words[1]);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      child.close();
      throw e;
    }
  }

  /** Where agents connect in plaintext: host:port. */
  public String address() {
    return address("grpc");
  }

  /** Where a listener stands, by the name that control gives it: host:port. */
  public String address(String listener) {
    return Objects.requireNonNull(addresses.get(listener), listener);
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
