package dev.heddle.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as people start it, with the real control, the real agent and the shop. */
class TourIT {

  /** The tour takes about 15 s on two idle cores. */
  private static final long PATIENCE_SECONDS = 180;

  @TempDir private Path directory;

  private int run(Path output, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Java.own());
    command.add("-Djava.io.tmpdir=" + directory);
    command.addAll(List.of("-jar", System.getProperty("heddle.demo.jar")));
    command.addAll(List.of(options));
    Process demo =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(demo.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
      return demo.exitValue();
    } finally {
      demo.destroy();
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
    assertThat(output).content().contains("PASS").doesNotContain("FAIL");
    assertThat(status).as(Files.readString(output)).isZero();
    assertThat(workspaces()).as("workspaces left").isZero();
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
