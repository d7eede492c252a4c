package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.heddle.e2e.probe.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What happens while many threads call. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
@Isolated
class LoadIT {

  private static final int THREADS = 16;

  /** Of each client where all of them call at once. */
  private static final int THREADS_OF_MANY = 2;

  /** Answers of an instance after which the load is seen to flow. */
  private static final int FLOWING = 300;

  /** The same of an instance that a busy machine may have started slowly. */
  private static final int FEW = 50;

  /** A change must hold for every call that begins so much later. */
  private static final long EFFECT_MILLIS = 1_000;

  /** So long after that calls go on, to see that it does. */
  private static final long SEEN_MILLIS = 200;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<LazyProbe> probes = new ArrayList<>();
  private Path directory;
  private RulesDirectory rules;
  private Upstream v1;
  private Upstream v2;
  private Control control;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    rules = new RulesDirectory(directory.resolve("rules"));
    Upstream.Log log = new Upstream.Log();
    v1 = opened(new Upstream("v1", log));
    v2 = opened(new Upstream("v2", log));
    control = opened(new Control(rules.path(), 0, directory.resolve("control.log")));
    for (Jdk jdk : Jdk.all()) {
      for (String client : Clients.ALL) {
        probes.add(opened(new LazyProbe(jdk, client, control, directory, List.of())));
      }
    }
  }

  @AfterAll
  void end() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  @TestFactory
  Stream<DynamicNode> everyClientUnderLoad() {
    return IntStream.range(0, probes.size()).mapToObj(i -> container(probes.get(i), "busy" + i));
  }

  private DynamicNode container(LazyProbe probe, String host) {
    return DynamicContainer.dynamicContainer(
        probe.toString(),
        List.of(
            dynamicTest(
                "a changed rule holds for every call within a second and no call fails",
                () -> changeTheRule(probe.get(), host + "-rule")),
            dynamicTest(
                "an instance is killed and no idempotent call fails",
                () -> killAnInstance(probe.get(), host + "-instance"))));
  }

  @Test
  void controlIsKilledAndStartedAgainAndNoCallOfAnyClientFails() throws Exception {
    Map<String, Load> loads = new LinkedHashMap<>();
    try {
      for (LazyProbe probe : probes) {
        String host = "lasting" + loads.size();
        routeTo("v1", host);
        loads.put(host, startCalls(probe.get(), THREADS_OF_MANY, host));
      }
      awaitMoreCalls(v1, loads.keySet());
      control.kill();
      awaitMoreCalls(v1, loads.keySet());
      control = opened(new Control(rules.path(), control.port(), directory.resolve("control.log")));
      for (String host : loads.keySet()) {
        routeTo("v2", host);
      }
      awaitMoreCalls(v2, loads.keySet()); // the rules of the new control hold

      for (Map.Entry<String, Load> load : loads.entrySet()) {
        assertThat(load.getValue().end().answers()).as(load.getKey()).containsOnlyKeys("v1", "v2");
      }
    } finally {
      for (Load load : loads.values()) {
        load.close();
      }
    }
  }

  private void changeTheRule(ProbeProcess probe, String host) throws Exception {
    routeTo("v1", host);
    try (Load load = startCalls(probe, THREADS, host)) {
      awaitMoreCalls(v1);
      routeTo("v2", host);
      long changed = System.currentTimeMillis();
      Await.time(changed + EFFECT_MILLIS + SEEN_MILLIS);

      Summary summary = load.end();
      assertThat(summary.answers()).containsOnlyKeys("v1", "v2");
      assertThat(summary.lastStarted("v1"))
          .as("%s, changed at %d", summary, changed)
          .isLessThan(changed + EFFECT_MILLIS);
    }
  }

  private void killAnInstance(ProbeProcess probe, String host) throws Exception {
    Path log = directory.resolve("instance.log");
    try (InstanceProcess doomed = new InstanceProcess("doomed", FEW, log)) {
      Map<String, Integer> ports = new LinkedHashMap<>(ports());
      ports.put("doomed", doomed.port());
      String http =
          """
          - retries: {attempts: 2, retryOn: "connect-failure,reset", backoff: 1ms}
            route: [{destination: {host: "${host}"}}]
          """;
      rules.write(host, Scenario.http("to any instance", http, stage -> {}), ports, Map.of());
      try (Load load = startCalls(probe, THREADS, host)) {
        doomed.awaitCalls();
        doomed.kill();
        long killed = System.currentTimeMillis();
        awaitMoreCalls(v1);

        Summary summary = load.end();
        assertThat(summary.answers()).containsOnlyKeys("v1", "v2", "doomed");
        assertThat(summary.lastStarted("doomed")).isLessThanOrEqualTo(killed);
      }
    }
  }

  private Load startCalls(ProbeProcess probe, int threads, String host) throws Exception {
    Await.until("control knows " + host, () -> control.page("/debug/config").contains(host));
    return new Load(probe, threads, host);
  }

  private static void awaitMoreCalls(Upstream upstream) throws Exception {
    int before = upstream.served();
    Await.until("calls reach an instance", () -> upstream.served() > before + FLOWING);
  }

  private static void awaitMoreCalls(Upstream upstream, Set<String> hosts) throws Exception {
    for (String host : hosts) {
      int before = upstream.served(host);
      Await.until("calls to " + host, () -> upstream.served(host) > before + FEW);
    }
  }

  private void routeTo(String subset, String host) throws IOException {
    String http = "- route: [{destination: {host: \"${host}\", subset: " + subset + "}}]\n";
    rules.write(host, Scenario.http("to one subset", http, stage -> {}), ports(), Map.of());
  }

  private Map<String, Integer> ports() {
    return Map.of("v1", v1.port(), "v2", v2.port());
  }

  private <T extends AutoCloseable> T opened(T closeable) {
    open.add(closeable);
    return closeable;
  }
}
