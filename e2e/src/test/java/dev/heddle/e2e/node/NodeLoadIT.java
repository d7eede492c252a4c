package dev.heddle.e2e.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.Await;
import dev.heddle.e2e.InstanceProcess;
import dev.heddle.e2e.Scenario;
import dev.heddle.e2e.Stage;
import dev.heddle.e2e.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens while programs in a captured pod call without pause. */
@NetnsTest(commands = {"wrk", "h2load"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
@Isolated
final class NodeLoadIT {

  /** Answers of an instance after which the load is seen to flow. */
  private static final int FLOWING = 300;

  /** A change must hold for every call that begins so much later. */
  private static final long EFFECT_MILLIS = 1_000;

  /** So long after that calls go on, to see that it does. */
  private static final long SEEN_MILLIS = 500;

  private final List<AutoCloseable> open = new ArrayList<>();
  private Path directory;
  private NodeStage node;
  private Upstream v1;
  private Upstream v2;
  private Programs programs;
  private Curl curl;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    node = new NodeStage(directory, "default");
    open.add(node::close);
    v1 = opened(Inside.call(node.node(), () -> upstream("v1")));
    v2 = opened(Inside.call(node.node(), () -> upstream("v2")));
    opened(Inside.call(node.node(), () -> new ClusterDns(Network.NODE)));
    node.daemon();
    Pod pod = node.captured("client", "v1", "--resolvers", Network.NODE);
    programs = opened(new Programs(pod, directory, Network.NODE));
    curl = new Curl(programs, directory.resolve("curl"), Network.NODE, false, List.of());
  }

  private static Upstream upstream(String name) throws IOException {
    return Upstream.overHttp2(name, InetAddress.getByName(Network.NODE), new Upstream.Log());
  }

  @AfterAll
  void end() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChangedRuleHoldsForEveryCallWithinASecondAndNoCallFails(Load.Kind kind) throws Exception {
    String host = "rule-" + kind.name().toLowerCase(Locale.ROOT);
    routeTo("v1", host);
    try (Load load = startCalls(kind, host)) {
      awaitMoreCalls(v1);
      routeTo("v2", host);
      long changed = System.currentTimeMillis();
      Await.time(changed + EFFECT_MILLIS);
      int before = v1.served();
      Await.time(changed + EFFECT_MILLIS + SEEN_MILLIS);
      assertThat(v1.served() - before).as("calls to what was the rule").isZero();
      awaitMoreCalls(v2);
      report(kind, "a rule was changed", load.calls());
    }
  }

  @Test
  void anInstanceIsKilledAndNoIdempotentCallFails() throws Exception {
    String host = "instance";
    try (InstanceProcess doomed =
        new InstanceProcess(
            "doomed",
            FLOWING,
            Network.NODE,
            directory.resolve("instance.log"),
            node.onNode(List.of()))) {
      Map<String, Integer> ports = new LinkedHashMap<>(ports());
      ports.put("doomed", doomed.port());
      String http =
          """
          - retries: {attempts: 2, retryOn: "connect-failure,reset", backoff: 1ms}
            route: [{destination: {host: "${host}"}}]
          """;
      write(host, http, ports);
      try (Load load = startCalls(Load.Kind.WRK, host)) {
        doomed.awaitCalls();
        doomed.kill();
        awaitMoreCalls(v1);
        report(Load.Kind.WRK, "an instance was killed", load.calls());
      }
    }
  }

  @Test
  void controlIsKilledAndStartedAgainAndNoCallFails() throws Exception {
    String host = "control";
    routeTo("v1", host);
    try (Load load = startCalls(Load.Kind.WRK, host)) {
      awaitMoreCalls(v1);
      node.control().kill();
      awaitMoreCalls(v1);
      node.control().startAgain();
      routeTo("v2", host);
      awaitMoreCalls(v2); // the rules of the new control hold
      report(Load.Kind.WRK, "control was killed and started", load.calls());
    }
  }

  private Load startCalls(Load.Kind kind, String host) throws Exception {
    String url = "http://" + host + ":9080/";
    Await.until("the daemon knows " + host, () -> curl.call(Stage.ask("GET", url)).status() == 200);
    return new Load(kind, programs, url, directory.resolve("load.log"));
  }

  private static void awaitMoreCalls(Upstream upstream) throws Exception {
    int before = upstream.served();
    Await.until("calls reach an instance", () -> upstream.served() > before + FLOWING);
  }

  private static void report(Load.Kind kind, String event, int calls) {
    System.err.println("[heddle] " + kind + ": " + event + " under " + calls + " calls, 0 failed");
  }

  private void routeTo(String subset, String host) throws IOException {
    write(host, "- route: [{destination: {host: \"${host}\", subset: " + subset + "}}]\n", ports());
  }

  private void write(String host, String http, Map<String, Integer> ports) throws IOException {
    Scenario scenario = Scenario.http("under load", http, stage -> {});
    node.write(host, scenario.documents(host, ports, Map.of("address", Network.NODE)));
  }

  private Map<String, Integer> ports() {
    return Map.of("v1", v1.port(), "v2", v2.port());
  }

  private <T extends AutoCloseable> T opened(T closeable) {
    open.add(closeable);
    return closeable;
  }
}
