package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.probe.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an app does that finds its state, no state or a broken one, with control or without. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
class StateDirIT {

  private static final String HOST = "kept";
  private static final String TO_V1 =
      """
      - match: [{uri: {prefix: /v2}}]
        route: [{destination: {host: "${host}", subset: v2}}]
      - route: [{destination: {host: "${host}", subset: v1}}]
      """;

  /** Control's part of the state, the agent's part. */
  private static final List<String> FILES = List.of("discovery.heddle", "woven-classes");

  /** Port 1 of loopback: nothing listens where only root may. */
  private static final Map<String, String> NO_CONTROL = Map.of("CONTROL", "127.0.0.1:1");

  private final List<AutoCloseable> open = new ArrayList<>();
  private Path directory;
  private Path state;
  private Upstream v1;
  private Control control;

  static Stream<Jdk> jdks() throws IOException {
    return Jdk.all().stream();
  }

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    Upstream.Log log = new Upstream.Log();
    v1 = opened(new Upstream("v1", log));
    Upstream v2 = opened(new Upstream("v2", log));
    RulesDirectory rules = new RulesDirectory(directory.resolve("rules"));
    Scenario scenario = Scenario.http("what is kept", TO_V1, stage -> {});
    rules.write(HOST, scenario, Map.of("v1", v1.port(), "v2", v2.port()), Map.of());
    control = opened(new Control(rules.path(), 0, directory.resolve("control.log")));
  }

  @BeforeEach
  void nameState() throws IOException {
    state = Files.createTempDirectory(directory, "test").resolve("state");
  }

  @AfterAll
  void end() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aMissingDirectoryIsMade(Jdk jdk) throws Exception {
    assertObeys(startProbe(jdk));
    Await.until("the state is kept", () -> Files.exists(state.resolve(FILES.getFirst())));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aFileInPlaceOfTheDirectoryIsSaid(Jdk jdk) throws Exception {
    Files.writeString(state, "not a directory");
    ProbeProcess probe = startProbe(jdk);
    assertObeys(probe);
    awaitWord(probe, "STATE_DIR");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void garbageInTheFilesIsSaidAndReplaced(Jdk jdk) throws Exception {
    byte[] garbage = "garbage \u0000\u0001\u0002".repeat(1000).getBytes(StandardCharsets.UTF_8);
    Files.createDirectory(state);
    for (String file : FILES) {
      Files.write(state.resolve(file), garbage);
    }
    ProbeProcess probe = startProbe(jdk);
    assertObeys(probe);
    awaitWord(probe, FILES.getFirst());
    Path discovery = state.resolve(FILES.getFirst());
    Await.until("it is replaced", () -> Files.mismatch(discovery, garbageCopy(garbage)) >= 0);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void filesThatCannotBeReadAreSaid(Jdk jdk) throws Exception {
    for (String file : FILES) {
      Files.createDirectories(state.resolve(file).resolve("a directory, which nobody can read"));
    }
    ProbeProcess probe = startProbe(jdk);
    assertObeys(probe);
    awaitWord(probe, "STATE_DIR");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void whatWasKeptHoldsWhereControlIsAway(Jdk jdk) throws Exception {
    ProbeProcess before = startProbe(jdk);
    assertObeys(before);
    Await.until("the state is kept", () -> Files.exists(state.resolve(FILES.getFirst())));
    before.close();

    assertObeys(startProbe(jdk, NO_CONTROL));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void withoutControlAndStateCallsGoAsWithoutAMesh(Jdk jdk) throws Exception {
    ProbeProcess probe = startProbe(jdk, NO_CONTROL);
    Answer known = get(probe, "http://localhost:" + v1.port() + "/");
    assertThat(known.word()).as(known.toString()).isEqualTo("v1");
    Answer unknown = get(probe, "http://" + HOST + ".invalid:9080/");
    assertThat(unknown.error()).isEqualTo("java.net.UnknownHostException");
    awaitWord(probe, "no control service");
  }

  private ProbeProcess startProbe(Jdk jdk) throws Exception {
    return startProbe(jdk, Map.of("CONTROL", control.address(), "FIRST_CALL_WAIT", "20s"));
  }

  private ProbeProcess startProbe(Jdk jdk, Map<String, String> discovery) throws Exception {
    Map<String, String> settings = new HashMap<>(discovery);
    settings.put("STATE_DIR", state.toString());
    Path log = Files.createTempFile(directory, "probe", ".log");
    return opened(new ProbeProcess(jdk, List.of(), Clients.URL_CONNECTION, settings, log));
  }

  private static void assertObeys(ProbeProcess probe) throws Exception {
    assertThat(get(probe, "http://" + HOST + ":9080/").word()).isEqualTo("v1");
    assertThat(get(probe, "http://" + HOST + ":9080/v2").word()).isEqualTo("v2");
  }

  private static void awaitWord(ProbeProcess probe, String word) throws Exception {
    Await.until("stderr names " + word, () -> probe.errors().contains(word));
  }

  private static Answer get(ProbeProcess probe, String url) throws Exception {
    return probe.call(Stage.ask("GET", url));
  }

  private Path garbageCopy(byte[] garbage) throws IOException {
    return Files.write(directory.resolve("garbage"), garbage);
  }

  private <T extends AutoCloseable> T opened(T closeable) {
    open.add(closeable);
    return closeable;
  }
}
