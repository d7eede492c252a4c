package dev.heddle.init.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.init.linux.Descriptor;
import dev.heddle.init.linux.NetnsTest;
import dev.heddle.init.linux.Pods;
import dev.heddle.init.linux.TestDaemon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shaded jar, run in a pod as an init container is, with a daemon outside. */
@NetnsTest
final class HandoverIT {

  @TempDir private Path directory;
  private Pods pods;
  private Path socket;

  /** What a run came to. */
  private record Run(int exit, String said) {}

  @BeforeEach
  void makePod() throws Exception {
    pods = new Pods("handover");
    socket = directory.resolve("node.sock");
  }

  @AfterEach
  void deletePod() throws Exception {
    pods.delete();
  }

  @Test
  void aPodIsHandedOverThenCapturedThenServed() throws Exception {
    try (TestDaemon daemon =
        new TestDaemon(
            socket,
            connection -> {
              String got = TestDaemon.receiveNamespace(connection);
              connection.send(Handover.GREETING + "\n");
              got += " " + CaptureRequest.parse(TestDaemon.line(connection));
              connection.send("listening\n");
              got += " " + TestDaemon.line(connection);
              connection.send("serving\n");
              return got;
            })) {
      Run run = capture();
      assertThat(run).isEqualTo(new Run(0, ""));
      assertThat(daemon.ended())
          .startsWith(pods.run("readlink", "/proc/self/ns/net").strip())
          .contains("shop/reviews", "inboundPort=15006", "IPv4", "IPv6")
          .endsWith(" captured");
    }
    assertThat(rules()).contains("HEDDLE_OUTPUT", "HEDDLE_PREROUTING");
    Run check = init("--check");
    assertThat(check.said())
        .contains("ok    rules are those of the settings")
        .contains("ok    IPv4: outbound connections are captured, meant for 192.0.2.1/32 port 80")
        .contains(
            "ok    IPv6: outbound connections are captured, meant for 2001:db8::1/128 port 80")
        .contains("ok    IPv4: with the daemon's mark connections pass")
        .doesNotContain("FAIL");
    assertThat(check.exit()).isZero();
    assertThat(init("--check", "--mark", "0x53a").exit()).isEqualTo(4);
    assertThat(init("--clean")).isEqualTo(new Run(0, ""));
    assertThat(rules()).doesNotContain("HEDDLE");
    assertThat(init("--check").said()).contains("FAIL  no rules of Heddle are here");
  }

  @Test
  void anAbsentDaemonIsWaitedForAndThenNamed() throws Exception {
    Run run = capture(1);
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.said())
        .contains("no node daemon at " + socket)
        .contains("waited 1000 ms")
        .contains("is heddle-node running");
    assertThat(rules()).doesNotContain("HEDDLE");
  }

  @Test
  void aFullDaemonsReasonIsToldAndNoRuleIsLeft() throws Exception {
    refusal("full: 110 of 110 pods", "full: 110 of 110 pods");
  }

  @Test
  void aDaemonOfAnotherVersionIsRefused() throws Exception {
    try (TestDaemon daemon =
        new TestDaemon(
            socket,
            connection -> {
              String got = TestDaemon.receiveNamespace(connection);
              connection.send("heddle-node 2\n");
              return got;
            })) {
      Run run = capture();
      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.said()).contains("says \"heddle-node 2\" (expected: heddle-node 1)");
      assertThat(daemon.ended()).startsWith("net:[");
    }
    assertThat(rules()).doesNotContain("HEDDLE");
  }

  @Test
  void aDaemonThatSaysNothingIsNotWaitedForLongerThanAsked() throws Exception {
    try (TestDaemon daemon =
        new TestDaemon(
            socket,
            connection -> {
              String got = TestDaemon.receiveNamespace(connection);
              return got + TestDaemon.line(connection); // until init gives up
            })) {
      Run run = capture(1);
      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.said()).contains("did not answer within 1000 ms");
      assertThat(daemon.ended()).endsWith("<closed>");
    }
    assertThat(rules()).doesNotContain("HEDDLE");
  }

  @Test
  void aDaemonThatDiesAfterRulesAreInPlaceLeavesNone() throws Exception {
    try (TestDaemon daemon =
        new TestDaemon(
            socket,
            connection -> {
              listening(connection);
              return TestDaemon.line(connection);
            })) {
      Run run = capture();
      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.said()).contains("closed the connection");
      assertThat(daemon.ended()).isEqualTo("captured");
    }
    assertThat(rules()).doesNotContain("HEDDLE").doesNotContain("0x111");
  }

  @Test
  void rulesThatWereThereBeforeStayWhereASecondRunFails() throws Exception {
    try (TestDaemon daemon =
        new TestDaemon(
            socket,
            connection -> {
              listening(connection);
              String line = TestDaemon.line(connection);
              connection.send("serving\n");
              return line;
            })) {
      assertThat(capture().exit()).isZero();
      assertThat(daemon.ended()).isEqualTo("captured");
    }
    assertThat(capture(1).exit()).isEqualTo(3);
    assertThat(rules()).contains("HEDDLE");
  }

  @Test
  void withoutNetAdminTheCapabilityIsNamed() throws Exception {
    Run run = init("setpriv", List.of("--bounding-set=-net_admin", "--inh-caps=-all"), "--clean");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.said())
        .contains("NET_ADMIN is missing (CapEff is 0x")
        .contains("securityContext.capabilities.add: [NET_ADMIN]");
  }

  @Test
  void netAdminAloneIsEnough() throws Exception {
    try (TestDaemon daemon =
        new TestDaemon(
            socket,
            connection -> {
              listening(connection);
              String line = TestDaemon.line(connection);
              connection.send("serving\n");
              return line;
            })) {
      Run run =
          init(
              "setpriv",
              List.of("--bounding-set=-all,+net_admin", "--inh-caps=-all"),
              "--daemon",
              socket.toString(),
              "--pod",
              "shop/reviews");
      assertThat(run).isEqualTo(new Run(0, ""));
      assertThat(daemon.ended()).isEqualTo("captured");
    }
  }

  @Test
  void legacyTablesWantNetRawTooAndItIsNamed() throws Exception {
    try (TestDaemon daemon =
        new TestDaemon(
            socket,
            connection -> {
              listening(connection);
              return TestDaemon.line(connection);
            })) {
      Run run =
          init(
              "setpriv",
              List.of("--bounding-set=-all,+net_admin", "--inh-caps=-all"),
              "--backend",
              "legacy",
              "--daemon",
              socket.toString(),
              "--pod",
              "shop/reviews");
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.said()).contains("legacy tables need the capability NET_RAW");
      assertThat(daemon.ended()).isEqualTo("<closed>");
    }
    assertThat(rules()).doesNotContain("0x111");
  }

  @Test
  void aSignalBeforeTheEndLeavesNoRules() throws Exception {
    CountDownLatch captured = new CountDownLatch(1);
    try (TestDaemon daemon =
        new TestDaemon(
            socket,
            connection -> {
              listening(connection);
              String line = TestDaemon.line(connection);
              captured.countDown();
              return line + TestDaemon.line(connection);
            })) {
      Process init = start("--daemon", socket.toString(), "--pod", "shop/reviews", "--wait", "8");
      assertThat(captured.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(rules()).contains("HEDDLE");
      init.destroy();
      assertThat(init.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(init.exitValue()).isNotZero();
      assertThat(daemon.ended()).isEqualTo("captured<closed>");
    }
    assertThat(rules()).doesNotContain("HEDDLE").doesNotContain("0x111");
  }

  private void refusal(String answer, String told) throws Exception {
    try (TestDaemon daemon =
        new TestDaemon(
            socket,
            connection -> {
              String got = TestDaemon.receiveNamespace(connection);
              connection.send(Handover.GREETING + "\n");
              TestDaemon.line(connection);
              connection.send(answer + "\n");
              return got;
            })) {
      Run run = capture();
      assertThat(run.exit()).isEqualTo(3);
      assertThat(run.said()).contains("\"" + told + "\"");
      assertThat(daemon.ended()).startsWith("net:[");
    }
    assertThat(rules()).doesNotContain("HEDDLE");
  }

  private static void listening(Descriptor connection) throws IOException {
    TestDaemon.receiveNamespace(connection);
    connection.send(Handover.GREETING + "\n");
    TestDaemon.line(connection);
    connection.send("listening\n");
  }

  private Run capture(int seconds) throws Exception {
    return init("--daemon", socket.toString(), "--pod", "shop/reviews", "--wait", "" + seconds);
  }

  private Run capture() throws Exception {
    return capture(30);
  }

  private String rules() throws Exception {
    return pods.run("iptables-save")
        + pods.run("ip6tables-save")
        + pods.run("ip", "-4", "rule")
        + pods.run("ip", "-6", "rule");
  }

  private Run init(String... options) throws Exception {
    return init("env", List.of(), options);
  }

  private Run init(String wrapper, List<String> wrapping, String... options) throws Exception {
    List<String> all = new ArrayList<>(wrapping);
    all.add(java());
    all.addAll(List.of("-jar", jar()));
    all.addAll(List.of(options));
    Process process = process(wrapper, all);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), said);
  }

  /** Without a wrapper: nsenter becomes the JVM, so that a signal reaches it. */
  private Process start(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("-jar", jar()));
    all.addAll(List.of(options));
    return process(java(), all);
  }

  private Process process(String program, List<String> words) throws Exception {
    List<String> command = new ArrayList<>(List.of("nsenter", "--net=" + pods.path(), program));
    command.addAll(words);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return process;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String jar() {
    return System.getProperty("heddle.init.jar", "");
  }
}
