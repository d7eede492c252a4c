package dev.heddle.benchmarks.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end. */
final class Command {

  private static final int LIMIT_SECONDS = 60;

  private Command() {}

  /** What a run came to; stdout and stderr together. */
  record Result(int exit, String said) {}

  static Result run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    process.getOutputStream().close();
    Thread limit = Thread.ofVirtual().start(() -> end(process));
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), said);
    } finally {
      limit.interrupt();
      process.destroyForcibly();
    }
  }

  private static void end(Process process) {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One that must succeed; gives what it said. */
  static String succeed(List<String> command) throws IOException, InterruptedException {
    Result result = run(command);
    if (result.exit() != 0) {
      throw new IOException(
          String.join(" ", command) + " ended with " + result.exit() + ": " + result.said());
    }
    return result.said();
  }

  static void ip(String words) throws IOException, InterruptedException {
    succeed(List.of(("ip " + words).split(" ", -1)));
  }
}
