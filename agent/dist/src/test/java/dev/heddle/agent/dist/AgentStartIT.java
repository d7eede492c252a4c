package dev.heddle.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar as a guest in other people's JVMs: forked, on each JDK that is installed here. */
final class AgentStartIT {

  private static final String JAR = System.getProperty("heddle.agent.jar");
  private static final String UNREACHABLE = "control=127.0.0.1:1,admin=off,log_level=warn";
  private static final String WEAVING = "shaded.bytebuddy.ByteBuddy ";
  private static final int DEADLINE_SECONDS = 60;

  @TempDir private Path folder;

  /** The JDK of this build, and 17 where Debian puts it. */
  static Stream<Path> javas() {
    return Stream.of(
            Paths.get(System.getProperty("java.home")),
            Paths.get("/usr/lib/jvm/java-17-openjdk-amd64"))
        .filter(home -> Files.isExecutable(home.resolve("bin/java")));
  }

  @ParameterizedTest
  @MethodSource("javas")
  void theAppRunsAndStdoutIsItsOwn(Path java) throws Exception {
    Run run = run(java, "-javaagent:" + JAR + "=" + UNREACHABLE);
    assertThat(run.exit).isZero();
    assertThat(run.out).isEqualTo("done");
    assertThat(run.err).doesNotContain("cannot be placed").doesNotContain("not active");
  }

  @ParameterizedTest
  @MethodSource("javas")
  void theAgentlibFormStartsTheSameAgent(Path java) throws Exception {
    Run run = run(java, "-agentlib:instrument=" + JAR + "=" + UNREACHABLE + ",bogus=1");
    assertThat(run.out).isEqualTo("done");
    assertThat(run.err).contains("bogus");
  }

  @ParameterizedTest
  @MethodSource("javas")
  void badSettingsAreOneWarningThatNamesThem(Path java) throws Exception {
    Run run = run(java, "-javaagent:" + JAR + "=control=nowhere,first_call_wait=soon,bogus=1");
    assertThat(run.exit).isZero();
    assertThat(run.out).isEqualTo("done");
    assertThat(Arrays.stream(run.err.split("\n")).filter(line -> line.contains("settings:")))
        .singleElement()
        .asString()
        .contains("HEDDLE_CONTROL", "HEDDLE_FIRST_CALL_WAIT", "bogus");
  }

  @ParameterizedTest
  @MethodSource("javas")
  void theSecondStartTakesWovenClassesFromTheCache(Path java) throws Exception {
    String agent = "-javaagent:" + JAR + "=" + UNREACHABLE + ",state_dir=" + folder;
    Path cache = folder.resolve("woven-classes");
    Path first = folder.resolve("first.log");
    Path second = folder.resolve("second.log");
    run(java, agent, "-Xlog:class+load:file=" + first, "--", cache.toString());
    Run again = run(java, agent, "-Xlog:class+load:file=" + second);
    assertThat(again.out).isEqualTo("done");
    assertThat(log(first)).contains(WEAVING);
    assertThat(log(second)).contains("core.AgentStart").doesNotContain(WEAVING);
  }

  @ParameterizedTest
  @MethodSource("javas")
  void aStateDirectoryThatIsMissingOrGarbageOrAFileDoesNotKeepTheAppFromStarting(Path java)
      throws Exception {
    Path garbage = Files.createDirectory(folder.resolve("garbage"));
    Files.write(garbage.resolve("woven-classes"), "garbage".getBytes(StandardCharsets.US_ASCII));
    Path file = Files.createFile(folder.resolve("file"));
    for (Path state : Arrays.asList(folder.resolve("a/b/c"), garbage, file)) {
      Run run = run(java, "-javaagent:" + JAR + "=" + UNREACHABLE + ",state_dir=" + state);
      assertThat(run.exit).isZero();
      assertThat(run.out).isEqualTo("done");
    }
  }

  @ParameterizedTest
  @MethodSource("javas")
  void toolsOfTheJdkAreLeftAlone(Path java) throws Exception {
    ProcessBuilder keytool = new ProcessBuilder(java.resolve("bin/keytool").toString(), "-help");
    keytool.environment().put("JAVA_TOOL_OPTIONS", "-javaagent:" + JAR + "=control=nowhere");
    assertThat(run(keytool).err).doesNotContain("[heddle]");
  }

  private static String log(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private Run run(Path java, String... options) throws Exception {
    List<String> all = Arrays.asList(options);
    int split = all.contains("--") ? all.indexOf("--") : all.size();
    List<String> command = new ArrayList<>();
    command.add(java.resolve("bin/java").toString());
    command.addAll(all.subList(0, split));
    command.addAll(Arrays.asList("-cp", "target/test-classes", TrivialApp.class.getName()));
    command.addAll(
        split < all.size() ? all.subList(split + 1, all.size()) : Collections.<String>emptyList());
    return run(new ProcessBuilder(command));
  }

  private Run run(ProcessBuilder command) throws IOException, InterruptedException {
    File out = folder.resolve("out").toFile();
    File err = folder.resolve("err").toFile();
    Process process = command.redirectOutput(out).redirectError(err).start();
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command.command() + " did not end");
    }
    return new Run(
        process.exitValue(),
        new String(Files.readAllBytes(out.toPath()), StandardCharsets.UTF_8).trim(),
        new String(Files.readAllBytes(err.toPath()), StandardCharsets.UTF_8));
  }

  private static final class Run {
    final int exit;
    final String out;
    final String err;

    Run(int exit, String out, String err) {
      this.exit = exit;
      this.out = out;
      this.err = err;
    }
  }
}
