package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Headers of a request go on with the calls that serve it, and with no others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
class InheritedHeadersIT {

  private static final List<String> SERVERS =
      List.of("JDK HttpServer", "Tomcat 9", "Tomcat 10.1", "Tomcat 11");
  private static final List<String> CLIENTS =
      List.of(
          "java.net.http",
          "java.net.http async",
          "HttpURLConnection",
          "HttpClient 5",
          "HttpClient 5 async");
  private static final List<String> HANDOVERS =
      List.of(
          "the same thread",
          "submit",
          "execute",
          "invokeAll",
          "a pool behind a pool",
          "schedule",
          "scheduled execute",
          "supplyAsync with a pool",
          "supplyAsync",
          "a stage that a foreign thread runs",
          "ForkJoinPool.submit",
          "ForkJoinPool.execute",
          "ForkJoinPool.invokeAll");
  private static final List<String> ON_25 = List.of("ForkJoinPool.schedule");
  private static final List<String> VIRTUAL =
      List.of("a virtual thread", "a virtual thread per task", "a pool of virtual threads");
  private static final List<String> LEADING_NOWHERE =
      List.of("a task that repeats", "a thread of the platform");
  private static final String ROUTES =
      """
      - match: [{headers: {end-user: {exact: tester}}}]
        route: [{destination: {host: "${host}", subset: v2}}]
      - route: [{destination: {host: "${host}", subset: v1}}]
      """;
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final Upstream.Log log = new Upstream.Log();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Path directory;
  private Control control;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    Map<String, Integer> ports = new HashMap<>();
    for (String version : List.of("v1", "v2")) {
      Upstream upstream = new Upstream(version, log);
      open.add(upstream);
      ports.put(version, upstream.port());
    }
    Path rules = Files.createDirectory(directory.resolve("rules"));
    String documents = Scenario.http("", ROUTES, stage -> {}).documents("next", ports, Map.of());
    Files.writeString(rules.resolve("next.yaml"), documents);
    control = new Control(rules, 0, directory.resolve("control.log"));
    open.add(control);
  }

  @AfterAll
  void end() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  @TestFactory
  Stream<DynamicNode> everyServerHandsOnWhatItReceived() throws IOException {
    List<DynamicNode> containers = new ArrayList<>();
    for (Jdk jdk : Jdk.all()) {
      for (String server : SERVERS) {
        containers.add(container(jdk, new Lazy(jdk, server)));
      }
    }
    return containers.stream();
  }

  private DynamicNode container(Jdk jdk, Lazy relay) {
    List<DynamicTest> tests = new ArrayList<>();
    for (String client : CLIENTS) {
      tests.add(
          DynamicTest.dynamicTest(
              "through " + client, () -> handsOn(relay.get(), "the same thread", client)));
    }
    List<String> handovers = new ArrayList<>(HANDOVERS);
    if (!jdk.name().endsWith(" 17")) {
      handovers.addAll(VIRTUAL);
      handovers.addAll(ON_25);
    }
    if (relay.server.startsWith("Tomcat")) {
      handovers.add("AsyncContext.start");
    }
    for (String handover : handovers) {
      tests.add(
          DynamicTest.dynamicTest(
              "by " + handover, () -> handsOn(relay.get(), handover, "java.net.http")));
    }
    for (String handover : LEADING_NOWHERE) {
      tests.add(
          DynamicTest.dynamicTest(
              "not by " + handover, () -> handsNothingOn(relay.get(), handover)));
    }
    tests.add(DynamicTest.dynamicTest("rules match it", () -> rulesMatch(relay.get())));
    tests.add(DynamicTest.dynamicTest("the app's own stays", () -> ownStays(relay.get())));
    tests.add(DynamicTest.dynamicTest("several values are joined", () -> joinsValues(relay.get())));
    tests.add(
        DynamicTest.dynamicTest(
            "pools show the app its own tasks",
            () ->
                assertThat(
                        relay.get().get(Map.of("handover", "view"), Map.of("traceparent", TRACE)))
                    .isEqualTo("as ever")));
    tests.add(
        DynamicTest.dynamicTest(
            "no hook is missed",
            () ->
                assertThat(relay.get().errors())
                    .doesNotContain("cannot be placed")
                    .doesNotContain("agent failed")));
    return DynamicContainer.dynamicContainer(relay.server + " on " + jdk.name(), tests);
  }

  /** One request after the other over the same threads: each with what is its own. */
  private void handsOn(RelayProcess relay, String handover, String client) throws Exception {
    Map<String, String> first = Map.of("traceparent", TRACE, "x-request-id", "1", "x-other", "no");
    Received received = call(relay, handover, client, Map.of(), first);
    assertThat(received.header("traceparent")).isEqualTo(TRACE);
    assertThat(received.header("x-request-id")).isEqualTo("1");
    assertThat(received.header("x-other")).isEmpty();

    Received without = call(relay, handover, client, Map.of(), Map.of());
    assertThat(without.header("traceparent")).isEmpty();
    assertThat(without.header("x-request-id")).isEmpty();

    Received other = call(relay, handover, client, Map.of(), Map.of("x-request-id", "2"));
    assertThat(other.header("x-request-id")).isEqualTo("2");
    assertThat(other.header("traceparent")).isEmpty();
  }

  private void handsNothingOn(RelayProcess relay, String handover) throws Exception {
    Received received =
        call(relay, handover, "java.net.http", Map.of(), Map.of("traceparent", TRACE));
    assertThat(received.header("traceparent")).isEmpty();
  }

  private void rulesMatch(RelayProcess relay) throws Exception {
    for (String client : CLIENTS) {
      Map<String, String> tester = Map.of("end-user", "tester");
      assertThat(call(relay, "submit", client, Map.of(), tester).upstream()).isEqualTo("v2");
      assertThat(call(relay, "submit", client, Map.of(), Map.of()).upstream()).isEqualTo("v1");
    }
  }

  private void ownStays(RelayProcess relay) throws Exception {
    for (String client : CLIENTS) {
      Map<String, String> tester = Map.of("end-user", "tester");
      Received received = call(relay, "the same thread", client, Map.of("end-user", "own"), tester);
      assertThat(received.header("end-user")).isEqualTo("own");
      assertThat(received.upstream()).isEqualTo("v1");
    }
  }

  private void joinsValues(RelayProcess relay) throws Exception {
    Map<String, String> state = Map.of("tracestate", "a=1,b=2");
    Received received = call(relay, "the same thread", "java.net.http", Map.of(), state);
    assertThat(received.header("tracestate")).isEqualTo("a=1,b=2");
  }

  private Received call(
      RelayProcess relay,
      String handover,
      String client,
      Map<String, String> ownHeaders,
      Map<String, String> headers)
      throws Exception {
    String id = UUID.randomUUID().toString();
    Map<String, String> query = new HashMap<>(ownHeaders);
    query.put("handover", handover);
    query.put("client", client);
    query.put("url", "http://next:9080/");
    query.put(Upstream.ID, id);
    String answer = relay.get(query, headers);
    List<Received> attempts = log.attempts(id);
    assertThat(attempts).as(answer).isNotEmpty();
    return attempts.getLast();
  }

  /** The relay's JVM, started when the first test needs it. */
  private final class Lazy {
    private final Jdk jdk;
    private final String server;
    private final List<RelayProcess> started = new ArrayList<>();

    Lazy(Jdk jdk, String server) {
      this.jdk = jdk;
      this.server = server;
    }

    RelayProcess get() throws IOException, InterruptedException {
      if (started.isEmpty()) {
        Map<String, String> settings =
            Map.of(
                "CONTROL", control.address(),
                "PROPAGATE_HEADERS", "tracing,end-user",
                "FIRST_CALL_WAIT", "20s");
        Path errors = directory.resolve(jdk.name() + " " + server + ".log");
        RelayProcess relay = new RelayProcess(jdk, server, settings, errors);
        open.add(relay);
        started.add(relay);
      }
      return started.getFirst();
    }
  }
}
