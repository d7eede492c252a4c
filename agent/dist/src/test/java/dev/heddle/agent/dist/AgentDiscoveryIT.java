package dev.heddle.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The relocated, minimized libraries at work: gRPC and protobuf from the agent's jar. */
final class AgentDiscoveryIT {

  private static final String URL = "http://reviews:9080/";

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // each test's own
  private ScriptedControl control;

  @BeforeEach
  void start() throws IOException {
    control = new ScriptedControl();
  }

  @AfterEach
  void stop() {
    control.close();
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void aRuleReachesTheAppAndTheJvmWarnsOfNothing(Path java) throws Exception {
    ForkedJvm app = run(java, ForkedJvm.AGENT, "info");
    assertThat(app.out).isEqualTo(ScriptedControl.BODY);
    assertThat(app.err.split("\n"))
        .contains("[heddle] connected to the control service")
        .allMatch(line -> line.startsWith("[heddle] "));
    assertThat(app.err).doesNotContain("WARNING").doesNotContain("Unsafe");
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void anAppThatIsStartedFromItsSourceIsMeshed(Path java) throws Exception {
    ProcessBuilder source =
        new ProcessBuilder(
            java.resolve("bin/java").toString(),
            javaagent(ForkedJvm.AGENT, "warn"),
            "src/test/java/dev/heddle/agent/dist/MeshApp.java",
            URL);
    assertThat(ForkedJvm.run(folder, source).out).isEqualTo(ScriptedControl.BODY);
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void theAppsLogManagerIsNotStarted(Path java) throws Exception {
    Path log = folder.resolve("classes.log");
    ForkedJvm app = run(java, ForkedJvm.AGENT, "info", "-Xlog:class+load:file=" + log);
    assertThat(app.out).isEqualTo(ScriptedControl.BODY);
    assertThat(new String(Files.readAllBytes(log), StandardCharsets.UTF_8))
        .contains("shaded.grpc.internal.ManagedChannelImpl ")
        .doesNotContain("java.util.logging.LogManager ");
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void aLibraryThatLacksSomethingIsToldAndTheAppGoesOn(Path java) throws Exception {
    Path broken = BrokenAgent.without("shaded/google/protobuf/MessageSchema.classdata", folder);
    ForkedJvm app = run(java, broken.toString(), "warn");
    assertThat(app.exit).isZero();
    assertThat(app.out).isEqualTo("UnknownHostException");
    assertThat(app.err).contains("[heddle] warning: ").contains("MessageSchema");
  }

  @ParameterizedTest
  @MethodSource("dev.heddle.agent.dist.ForkedJvm#javas")
  void theAdminPagesTellWhatTheProcessHoldsAndDid(Path java) throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String agent =
        javaagent(ForkedJvm.AGENT, "warn").replace("admin=off", "admin=127.0.0.1:" + port);
    String pages = "http://127.0.0.1:" + port;
    ForkedJvm app =
        ForkedJvm.run(
            folder,
            java,
            Collections.singletonList(agent + ",exclude_ports=" + port),
            AdminApp.class,
            URL,
            pages + "/healthz",
            pages + "/config",
            pages + "/hooks",
            pages + "/metrics");
    assertThat(app.out)
        .startsWith(ScriptedControl.BODY)
        .contains("control service: connected\n")
        .contains("routes reviews:9080 version 1: ")
        .contains("sun.net.www.protocol.http.HttpURLConnection: woven\n")
        .contains("heddle_calls_total 1\n")
        .contains("heddle_hooks_failed 0\n")
        .contains("heddle_control_connected 1");
    assertThat(app.err).isEmpty();
  }

  private ForkedJvm run(Path java, String agent, String logLevel, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(Arrays.asList(options));
    all.add(javaagent(agent, logLevel));
    return ForkedJvm.run(folder, java, all, MeshApp.class, URL);
  }

  private String javaagent(String agent, String logLevel) {
    return "-javaagent:"
        + agent
        + "=control="
        + control.address()
        + ",admin=off,first_call_wait=20s,log_level="
        + logLevel;
  }
}
