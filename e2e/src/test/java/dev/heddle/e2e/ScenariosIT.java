package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The table of scenarios, for each client on each JDK. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
class ScenariosIT {

  private static final List<String> CLIENTS =
      List.of("java.net.http", "java.net.http async", "HttpURLConnection", "HttpClient 5");

  /** Rules are what is looked at here, not how long a busy machine takes to fetch them first. */
  private static final String PATIENCE = "30s";

  /** For work on a few scenarios: {@code -Dheddle.scenarios="TLS|timeout"}; else all. */
  private static final Pattern ONLY = Pattern.compile(System.getProperty("heddle.scenarios", ""));

  private final List<Scenario> scenarios = Scenarios.all();
  private final Upstream.Log log = new Upstream.Log();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Path directory;
  private Control control;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    Map<String, Integer> ports = new LinkedHashMap<>();
    for (String version : List.of("v1", "v2", "v3")) {
      Upstream upstream = new Upstream(version, log);
      open.add(upstream);
      ports.put(version, upstream.port());
    }
    ports.put("dead", deadPort());
    Map<String, String> values = startTls();
    Path rules = Files.createDirectory(directory.resolve("rules"));
    for (int i = 0; i < scenarios.size(); i++) {
      Files.writeString(
          rules.resolve(host(i) + ".yaml"), scenarios.get(i).documents(host(i), ports, values));
    }
    control = new Control(rules, 0, directory.resolve("control.log"));
    open.add(control);
  }

  /** Servers that speak TLS, and where the files that rules name are. */
  private Map<String, String> startTls() throws Exception {
    Certificates certificates = new Certificates(directory.resolve("certificates"));
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : List.of("tls", "mtls")) {
      Upstream upstream =
          Upstream.overTls(name, certificates.serverContext(), name.equals("mtls"), log);
      open.add(upstream);
      values.put(name, Integer.toString(upstream.port()));
    }
    values.put("ca", certificates.certificate("server").toString());
    values.put("certificate", certificates.certificate("client").toString());
    values.put("key", certificates.key("client").toString());
    return values;
  }

  /**
   * A port on which nobody listens: taken and never accepted on is not the same, so it is let go.
   */
  private static int deadPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String host(int scenario) {
    return "s" + scenario;
  }

  @AfterAll
  void end() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  @Test
  void controlTakesEveryRuleOfTheTable() throws IOException {
    assertThat(control.errors()).doesNotContain("error:").doesNotContain("warning:");
  }

  @TestFactory
  Stream<DynamicNode> everyClientObeysEveryRule() throws IOException {
    List<DynamicNode> containers = new ArrayList<>();
    for (Jdk jdk : Jdk.all()) {
      for (String client : CLIENTS) {
        containers.add(container(jdk, client));
      }
    }
    return containers.stream();
  }

  private DynamicNode container(Jdk jdk, String client) {
    Lazy probe = new Lazy(jdk, client);
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < scenarios.size(); i++) {
      Scenario scenario = scenarios.get(i);
      if (!scenario.notFor().contains(client) && ONLY.matcher(scenario.name()).find()) {
        String host = host(i);
        tests.add(
            DynamicTest.dynamicTest(
                scenario.name(), () -> scenario.check().run(new Stage(probe.get(), host, log))));
      }
    }
    return DynamicContainer.dynamicContainer(client + " on " + jdk.name(), tests);
  }

  /** The client's JVM, started when the first scenario needs it. */
  private final class Lazy {

    private final Jdk jdk;
    private final String client;
    private final List<ProbeProcess> started = new ArrayList<>();

    Lazy(Jdk jdk, String client) {
      this.jdk = jdk;
      this.client = client;
    }

    ProbeProcess get() throws IOException, InterruptedException {
      if (started.isEmpty()) {
        Map<String, String> settings =
            Map.of(
                "CONTROL",
                control.address(),
                "LABELS",
                "app=probe,version=v7",
                "WORKLOAD",
                client,
                "FIRST_CALL_WAIT",
                PATIENCE);
        Path errors = directory.resolve(jdk.name() + " " + client + ".log");
        ProbeProcess probe = new ProbeProcess(jdk, List.of(client), settings, errors);
        open.add(probe);
        started.add(probe);
      }
      return started.getFirst();
    }
  }
}
