package dev.heddle.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as people start it, with the real control, the real agent and the shop. */
class TourIT {

  /** The tour takes about 15 s on two idle cores. */
  private static final long PATIENCE_SECONDS = 180;

  /** A line of the table in which reviews were called. */
  private static final Pattern CALLED = Pattern.compile("reviews [1-9]");

  @TempDir private Path directory;

  private int run(Path output, String... options) throws IOException, InterruptedException {
    Process demo = start(output, options);
    try {
      assertThat(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
      return demo.exitValue();
    } finally {
      demo.destroy();
    }
  }

  private Process start(Path output, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Java.own());
    command.add("-Djava.io.tmpdir=" + directory);
    command.addAll(List.of("-jar", System.getProperty("heddle.demo.jar")));
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** Where network namespaces can be made, the program that is no Java must not be left out. */
  private static String part() {
    return Requirements.missing().isEmpty() || "required".equals(System.getenv("NETNS_TESTS"))
        ? "With them, in Python"
        : "Left out: recommendations";
  }

  private static List<String> networks() throws IOException {
    Path all = Path.of("/run/netns");
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(all)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith("heddle-demo-"))
          .toList();
    }
  }

  private long workspaces() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith("heddle-")).count();
    }
  }

  @Test
  void everyCheckOfTheTourHoldsAndNothingIsLeftBehind() throws Exception {
    Path output = directory.resolve("output.txt");
    int status = run(output, "--once", "--home", System.getProperty("heddle.home"));
    assertThat(output).content().contains(part(), "PASS").doesNotContain("FAIL");
    assertThat(status).as(Files.readString(output)).isZero();
    assertThat(workspaces()).as("workspaces left").isZero();
    assertThat(networks()).as("network namespaces left").isEmpty();
  }

  @Test
  void theTourHoldsWithoutTheProgramThatIsNoJava() throws Exception {
    Path output = directory.resolve("output.txt");
    int status = run(output, "--once", "--jvm-only", "--home", System.getProperty("heddle.home"));
    assertThat(output)
        .content()
        .contains(
            "Left out: recommendations, in Python behind the node daemon: --jvm-only.", "PASS")
        .doesNotContain("FAIL");
    assertThat(status).as(Files.readString(output)).isZero();
  }

  @Test
  void whoEndsItWhileItWatchesFindsNothingLeft() throws Exception {
    Path output = directory.resolve("output.txt");
    Process demo = start(output, "--plain", "--home", System.getProperty("heddle.home"));
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!CALLED.matcher(Files.readString(output)).find()) {
        assertThat(demo.isAlive() && System.nanoTime() < end).as(Files.readString(output)).isTrue();
        TimeUnit.MILLISECONDS.sleep(50); // between two looks
      }
      List<ProcessHandle> programs = demo.descendants().toList();
      assertThat(programs).hasSizeGreaterThan(7);
      demo.destroy();
      assertThat(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
      assertThat(programs).noneMatch(ProcessHandle::isAlive);
    } finally {
      demo.destroy();
    }
    assertThat(workspaces()).as("workspaces left").isZero();
    assertThat(networks()).as("network namespaces left").isEmpty();
  }

  @Test
  void aCloneThatIsNotBuiltIsToldHowToBuildIt() throws Exception {
    Path empty = Files.createDirectory(directory.resolve("clone"));
    Path output = directory.resolve("output.txt");
    assertThat(run(output, "--once", "--home", empty.toString())).isEqualTo(1);
    assertThat(output).content().contains("heddle-control.jar is missing").contains("./mvnw");
    assertThat(workspaces()).as("workspaces left").isZero();
  }
}
