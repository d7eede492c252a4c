package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the kernel has of the sockets under HttpURLConnection. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class BlockingSocketIT {

  private static final String TO_V1 = "- route: [{destination: {host: \"${host}\", subset: v1}}]\n";

  /** Of {@code flags} in /proc/PID/fdinfo, octal: O_NONBLOCK on Linux. */
  private static final int NON_BLOCKING = 04000;

  private static final String ESTABLISHED = "01";

  static Stream<Jdk> jdks() throws IOException {
    return Jdk.all().stream();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void anAppWithoutTimeoutsReadsWithOneSystemCall(Jdk jdk, @TempDir Path directory)
      throws Exception {
    RulesDirectory rules = new RulesDirectory(directory.resolve("rules"));
    try (Upstream v1 = new Upstream("v1", new Upstream.Log())) {
      Scenario scenario = Scenario.http("one way", TO_V1, stage -> {});
      rules.write("kept", scenario, Map.of("v1", v1.port()), Map.of());
      try (Control control = new Control(rules.path(), 0, directory.resolve("control.log"));
          ProbeProcess probe =
              new ProbeProcess(
                  jdk,
                  List.of(),
                  Clients.URL_CONNECTION,
                  Map.of("CONTROL", control.address(), "FIRST_CALL_WAIT", "20s"),
                  directory.resolve("probe.log"))) {
        assertThat(probe.call(Stage.ask("GET", "http://kept:9080/")).word()).isEqualTo("v1");
        assertThat(flagsOfSocketsTo(probe.pid(), v1.port()))
            .as("O_NONBLOCK, for which the mesh's limit on connecting is the only reason")
            .isNotEmpty()
            .allMatch(flags -> (flags & NON_BLOCKING) == 0);
      }
    }
  }

  private static List<Integer> flagsOfSocketsTo(long pid, int port) throws IOException {
    Path process = Path.of("/proc", String.valueOf(pid));
    Set<String> sockets =
        Stream.concat(
                Files.readAllLines(process.resolve("net/tcp")).stream(),
                Files.readAllLines(process.resolve("net/tcp6")).stream())
            .map(line -> line.strip().split(" +", -1))
            .filter(words -> words[2].endsWith(String.format(":%04X", port)))
            .filter(words -> words[3].equals(ESTABLISHED))
            .map(words -> "socket:[" + words[9] + "]")
            .collect(Collectors.toSet());
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      return descriptors
          .filter(descriptor -> sockets.contains(target(descriptor)))
          .map(descriptor -> flags(process.resolve("fdinfo").resolve(descriptor.getFileName())))
          .toList();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }

  private static int flags(Path info) {
    try (Stream<String> lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("flags:"))
          .map(line -> Integer.parseInt(line.substring(6).strip(), 8))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(info + " cannot be read", e);
    }
  }
}
