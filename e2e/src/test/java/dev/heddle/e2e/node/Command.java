package dev.heddle.e2e.node;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end, in a network namespace. */
final class Command {

  private static final int LIMIT_SECONDS = 60;

  private Command() {}

  /** What a run came to; stdout and stderr together. */
  record Result(int exit, String said) {}

  /** The words with which a command runs inside. */
  static List<String> inside(String netns, List<String> command) {
    List<String> words = new ArrayList<>(List.of("nsenter", "--net=/run/netns/" + netns));
    words.addAll(command);
    return words;
  }

  static Result run(List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    process.getOutputStream().close();
    Thread limit =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                      process.destroyForcibly();
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    limit.join();
    return new Result(exit, said);
  }

  /** Runs one that must succeed. */
  static String succeed(List<String> command) throws Exception {
    Result result = run(command);
    if (result.exit() != 0) {
      throw new AssertionError(command + " ended with " + result.exit() + ": " + result.said());
    }
    return result.said();
  }

  static void ip(String words) throws Exception {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words.split(" ", -1)));
    succeed(command);
  }
}
