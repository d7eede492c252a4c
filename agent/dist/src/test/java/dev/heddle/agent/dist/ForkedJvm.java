package dev.heddle.agent.dist;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program in a JVM of its own, run to its end: what it said, and where. */
final class ForkedJvm {

  static final String AGENT = System.getProperty("heddle.agent.jar");

  private static final int DEADLINE_SECONDS = 60;

  final int exit;
  final String out;
  final String err;

  private ForkedJvm(int exit, String out, String err) {
    this.exit = exit;
    this.out = out;
    this.err = err;
  }

  /** The JDK of this build, and 17 where Debian puts it. */
  static Stream<Path> javas() {
    return Stream.of(
            Paths.get(System.getProperty("java.home")),
            Paths.get("/usr/lib/jvm/java-17-openjdk-amd64"))
        .filter(home -> Files.isExecutable(home.resolve("bin/java")));
  }

  /** Runs a program of the tests: options of the JVM, its main class, its arguments. */
  static ForkedJvm run(Path folder, Path java, List<String> options, Class<?> main, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java.resolve("bin/java").toString());
    command.addAll(options);
    command.addAll(Arrays.asList("-cp", "target/test-classes", main.getName()));
    command.addAll(Arrays.asList(args));
    return run(folder, new ProcessBuilder(command));
  }

  /**
   * Runs any command; its stdout and stderr are kept in the folder. Variables that would be
   * settings of the agent do not reach it from the environment of the tests.
   */
  static ForkedJvm run(Path folder, ProcessBuilder command)
      throws IOException, InterruptedException {
    command.environment().keySet().removeIf(variable -> variable.startsWith("HEDDLE_"));
    File out = folder.resolve("out").toFile();
    File err = folder.resolve("err").toFile();
    Process process = command.redirectOutput(out).redirectError(err).start();
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(
          command.command() + " did not end within " + DEADLINE_SECONDS + " s: " + text(err));
    }
    return new ForkedJvm(process.exitValue(), text(out).trim(), text(err));
  }

  private static String text(File file) throws IOException {
    return new String(Files.readAllBytes(file.toPath()), StandardCharsets.UTF_8);
  }
}
