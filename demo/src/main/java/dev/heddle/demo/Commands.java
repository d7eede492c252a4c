package dev.heddle.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs that are run to their end. */
final class Commands {

  /** For an answer of the kernel, or of a JVM that starts beside eight others. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Commands() {}

  /** What it wrote, stdout and stderr; IOException with that if it did not succeed. */
  static String run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    process.getOutputStream().close();
    Thread limit = Thread.ofVirtual().start(() -> endInTime(process));
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IOException(
            String.join(" ", command) + " ended with " + exit + ": " + said.strip());
      }
      return said;
    } finally {
      process.destroyForcibly();
      limit.interrupt();
    }
  }

  private static void endInTime(Process process) {
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it has ended
    }
  }

  /** The words of a line. */
  static String run(String line) throws IOException, InterruptedException {
    return run(List.of(line.split(" ", -1)));
  }
}
