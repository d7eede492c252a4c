package dev.heddle.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar as a guest in other people's JVMs: forked, on each JDK that is installed here. */
final class AgentStartIT {

  private static final String JAR = ForkedJvm.AGENT;
  private static final String UNREACHABLE = "control=127.0.0.1:1,admin=off,log_level=warn";
  private static final String WEAVING = "shaded.bytebuddy.ByteBuddy ";
  private static final int MOST_STARTS = 5;

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void theAppRunsAndStdoutIsItsOwn(Path java) throws Exception {
    ForkedJvm run = run(java, "-javaagent:" + JAR + "=" + UNREACHABLE);
    assertThat(run.exit).isZero();
    assertThat(run.out).isEqualTo("done");
    assertThat(run.err).doesNotContain("cannot be placed").doesNotContain("not active");
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void theAgentlibFormStartsTheSameAgent(Path java) throws Exception {
    ForkedJvm run = run(java, "-agentlib:instrument=" + JAR + "=" + UNREACHABLE + ",bogus=1");
    assertThat(run.out).isEqualTo("done");
    assertThat(run.err).contains("bogus");
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void badSettingsAreOneWarningThatNamesThem(Path java) throws Exception {
    ForkedJvm run =
        run(java, "-javaagent:" + JAR + "=control=nowhere,first_call_wait=soon,bogus=1");
    assertThat(run.exit).isZero();
    assertThat(run.out).isEqualTo("done");
    assertThat(Arrays.stream(run.err.split("\n")).filter(line -> line.contains("settings:")))
        .singleElement()
        .asString()
        .contains("HEDDLE_CONTROL", "HEDDLE_FIRST_CALL_WAIT", "bogus");
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void laterStartsTakeWovenClassesFromTheCache(Path java) throws Exception {
    String agent = "-javaagent:" + JAR + "=" + UNREACHABLE + ",state_dir=" + folder;
    Path cache = folder.resolve("woven-classes");
    Path first = folder.resolve("first.log");
    Path later = folder.resolve("later.log");
    run(java, agent, "-Xlog:class+load:file=" + first, "--", cache.toString());
    assertThat(log(first)).contains(WEAVING);
    int starts = 0;
    do { // a class that loads as the JVM ends is kept by the next start
      assertThat(run(java, agent, "-Xlog:class+load:file=" + later).out).isEqualTo("done");
      starts++;
    } while (log(later).contains(WEAVING) && starts < MOST_STARTS);
    assertThat(log(later)).contains("core.AgentStart").doesNotContain(WEAVING);
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void aStateDirectoryThatIsMissingOrGarbageOrAFileDoesNotKeepTheAppFromStarting(Path java)
      throws Exception {
    Path garbage = Files.createDirectory(folder.resolve("garbage"));
    Files.write(garbage.resolve("woven-classes"), "garbage".getBytes(StandardCharsets.US_ASCII));
    Path file = Files.createFile(folder.resolve("file"));
    for (Path state : Arrays.asList(folder.resolve("a/b/c"), garbage, file)) {
      ForkedJvm run = run(java, "-javaagent:" + JAR + "=" + UNREACHABLE + ",state_dir=" + state);
      assertThat(run.exit).isZero();
      assertThat(run.out).isEqualTo("done");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void toolsOfTheJdkAreLeftAlone(Path java) throws Exception {
    for (String tool :
        Arrays.asList("keytool -help", "javac -version", "jar --version", "jps -q")) {
      List<String> command = new ArrayList<>(Arrays.asList(tool.split(" ", -1)));
      command.set(0, java.resolve("bin").resolve(command.get(0)).toString());
      ProcessBuilder process = new ProcessBuilder(command);
      process.environment().put("JAVA_TOOL_OPTIONS", "-javaagent:" + JAR + "=control=nowhere");
      assertThat(ForkedJvm.run(folder, process).err).doesNotContain("[heddle]");
    }
  }

  private static String log(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private ForkedJvm run(Path java, String... options) throws Exception {
    List<String> all = Arrays.asList(options);
    int split = all.contains("--") ? all.indexOf("--") : all.size();
    String[] arguments =
        all.subList(Math.min(split + 1, all.size()), all.size()).toArray(new String[0]);
    return ForkedJvm.run(folder, java, all.subList(0, split), TrivialApp.class, arguments);
  }
}
