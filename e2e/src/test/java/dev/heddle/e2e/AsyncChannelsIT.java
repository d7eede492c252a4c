package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an app can rely on with asynchronous channels is the same with mesh TLS beneath them. */
class AsyncChannelsIT {

  private static final int RULES = 8;

  static List<Jdk> jdks() throws IOException {
    return Jdk.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void theirRulesAreTheSameOverMeshTls(Jdk jdk, @TempDir Path directory) throws Exception {
    List<String> plain;
    try (Forked echo = run(jdk, Map.of(), directory.resolve("plain.log"), "PeerServer", "echo")) {
      plain = rules(jdk, Map.of(), directory, Integer.parseInt(echo.read()));
    }
    try (IdentityControl control = new IdentityControl(directory)) {
      control.rule("strict", "PeerAuthentication", "mtls: {mode: STRICT}");
      try (PeerProcess echo =
              PeerProcess.server(
                  jdk, "echo", control.settings("callee"), directory.resolve("echo.log"));
          RecordingRelay wire = new RecordingRelay(echo.port())) {
        control.service("echo", wire.port(), "callee");
        Map<String, String> agent = PeerProcess.agent(control.settings("caller"));
        List<String> seen = rules(jdk, agent, directory, wire.port());

        assertThat(seen).as(echo.errors()).isEqualTo(plain);
        assertThat(wire.bytes()).isGreaterThan(0);
        assertThat(wire.wasReadable()).isFalse();
      }
    }
  }

  private static List<String> rules(
      Jdk jdk, Map<String, String> environment, Path directory, int port)
      throws IOException, InterruptedException {
    Path log = directory.resolve("rules.log");
    try (Forked rules = run(jdk, environment, log, "AsyncRules", Integer.toString(port))) {
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < RULES; i++) {
        lines.add(rules.read());
      }
      return lines;
    }
  }

  private static Forked run(
      Jdk jdk, Map<String, String> environment, Path log, String main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(jdk.java(), "-Xmx192m", "-cp"));
    command.add(ProbeProcess.classPath() + File.pathSeparator + PeerProcess.TOMCAT + "/*");
    command.add("dev.heddle.e2e.peer." + main);
    command.addAll(List.of(arguments));
    return new Forked(command, environment, log);
  }
}
