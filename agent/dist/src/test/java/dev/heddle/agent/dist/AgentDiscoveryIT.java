package dev.heddle.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
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
    Path broken = without("shaded/google/protobuf/MessageSchema.classdata");
    ForkedJvm app = run(java, broken.toString(), "warn");
    assertThat(app.exit).isZero();
    assertThat(app.out).isEqualTo("UnknownHostException");
    assertThat(app.err).contains("[heddle] warning: ").contains("MessageSchema");
  }

  private ForkedJvm run(Path java, String agent, String logLevel, String... options)
      throws IOException, InterruptedException {
    String settings =
        "control=" + control.address() + ",admin=off,first_call_wait=20s,log_level=" + logLevel;
    String javaagent = "-javaagent:" + agent + "=" + settings;
    return ForkedJvm.run(
        folder,
        java,
        options.length == 0
            ? Collections.singletonList(javaagent)
            : Arrays.asList(javaagent, options[0]),
        MeshApp.class,
        URL);
  }

  private Path without(String suffix) throws IOException {
    Path copy = folder.resolve("broken.jar");
    byte[] buffer = new byte[16 * 1024];
    try (JarFile jar = new JarFile(ForkedJvm.AGENT);
        OutputStream file = Files.newOutputStream(copy);
        JarOutputStream out = new JarOutputStream(file)) {
      Enumeration<JarEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().endsWith(suffix)) {
          continue;
        }
        out.putNextEntry(new JarEntry(entry.getName()));
        try (InputStream in = jar.getInputStream(entry)) {
          for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
          }
        }
        out.closeEntry();
      }
    }
    return copy;
  }
}
