package dev.heddle.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.e2e.guarded.Guarded;
import java.io.IOException;
import java.net.Socket;
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
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Policies of the control service hold in servers that know nothing of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
class AuthorizationIT {

  private static final List<String> SERVERS =
      List.of("JDK HttpServer", "Tomcat 9", "Tomcat 10.1", "Tomcat 11", "Jetty 12", "Undertow 2");

  private static final String POLICIES =
      """
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: deny, namespace: default}
      spec:
        selector: {matchLabels: {app: deny}}
        action: DENY
        rules:
        - to: [{operation: {paths: ["/admin", "/admin/*", "/raw", "/raw/*"]}}]
      ---
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: allow, namespace: default}
      spec:
        selector: {matchLabels: {app: allow}}
        action: ALLOW
        rules:
        - to: [{operation: {paths: ["/public", "/public/*"], methods: [GET, POST, HEAD]}}]
      ---
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: custom, namespace: default}
      spec:
        selector: {matchLabels: {app: custom}}
        action: CUSTOM
        provider: {name: opa}
        rules:
        - to: [{operation: {paths: ["/admin", "/admin/*"]}}]
      """;

  /** Evasions that reach their handler where nothing guards it; fewer, and the table is worn. */
  private static final int LEAST_THAT_REACH = 20;

  private final Map<String, GuardedProcess> processes = new HashMap<>();
  private Path directory;
  private Control control;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    Path rules = Files.createDirectory(directory.resolve("rules"));
    Files.writeString(rules.resolve("policies.yaml"), POLICIES);
    control = new Control(rules, 0, directory.resolve("control.log"));
  }

  @AfterAll
  void end() {
    processes.values().forEach(GuardedProcess::close);
    control.close();
  }

  @TestFactory
  Stream<DynamicNode> everyServerIsGuarded() throws IOException {
    List<DynamicNode> containers = new ArrayList<>();
    for (Jdk jdk : Jdk.all()) {
      for (String server : SERVERS) {
        containers.add(
            DynamicContainer.dynamicContainer(server + " on " + jdk.name(), tests(jdk, server)));
      }
    }
    return containers.stream();
  }

  @Test
  void whatAnExternalAuthorizerWouldDecideIsReportedAndDenied() throws Exception {
    assertThat(Files.readString(directory.resolve("control.log")))
        .contains("spec.action CUSTOM is not supported yet");
    for (String server : List.of("JDK HttpServer", "Tomcat 11")) {
      GuardedProcess process = process(Jdk.all().getLast(), server, "custom");
      assertThat(process.send(get("/public"))).endsWith(Guarded.OPEN);
      assertThat(process.send(get("/admin/x"))).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void whatAValveOfTomcatRewritesIsJudgedAgain() throws Exception {
    for (String server : SERVERS.stream().filter(name -> name.startsWith("Tomcat")).toList()) {
      Jdk jdk = Jdk.all().getLast();
      String moved = get(Guarded.MOVED + "/x");
      assertThat(process(jdk, server, "none").send(moved)).endsWith(Guarded.GUARDED);
      assertThat(process(jdk, server, "deny").send(moved)).startsWith("HTTP/1.1 403");
    }
  }

  private Stream<DynamicTest> tests(Jdk jdk, String server) {
    return Stream.of(
        DynamicTest.dynamicTest(
            "where no policy applies requests arrive", () -> reach(process(jdk, server, "none"))),
        DynamicTest.dynamicTest(
            "what is not denied is let in, and what is gets Envoy's answer",
            () -> denies(process(jdk, server, "deny"))),
        DynamicTest.dynamicTest(
            "the connection of a refused request is of use",
            () -> goesOn(process(jdk, server, "deny"))),
        DynamicTest.dynamicTest(
            "no evasion passes what is denied", () -> holds(process(jdk, server, "deny"))),
        DynamicTest.dynamicTest(
            "no evasion passes for what is allowed", () -> holds(process(jdk, server, "allow"))));
  }

  private GuardedProcess process(Jdk jdk, String server, String app)
      throws IOException, InterruptedException {
    String name = server + " on " + jdk.name() + " " + app;
    GuardedProcess known = processes.get(name);
    if (known == null) {
      Map<String, String> settings = Map.of("CONTROL", control.address(), "LABELS", "app=" + app);
      known = new GuardedProcess(jdk, server, settings, directory.resolve(name + ".log"));
      processes.put(name, known);
    }
    return known;
  }

  private static void reach(GuardedProcess process) throws IOException {
    assertThat(process.send(get("/public"))).endsWith(Guarded.OPEN);
    List<String> reached = new ArrayList<>();
    for (Evasions.Evasion evasion : Evasions.all()) {
      if (process.send(evasion.request()).contains(Guarded.GUARDED)) {
        reached.add(evasion.name());
      }
    }
    assertThat(reached).hasSizeGreaterThan(LEAST_THAT_REACH);
  }

  private static void denies(GuardedProcess process) throws IOException {
    assertThat(process.send(get("/public"))).endsWith(Guarded.OPEN);
    assertThat(process.send(get("/shop;jsessionid=1"))).endsWith(Guarded.OPEN);
    assertThat(process.send(get("/a%20b//c?x=/admin")))
        .satisfiesAnyOf(
            answer -> assertThat(answer).endsWith(Guarded.OPEN),
            answer -> assertThat(answer).contains("400 Ambiguous URI empty segment")); // Jetty
    String refused = process.send(get("/admin/x"));
    assertThat(refused)
        .startsWith("HTTP/1.1 403")
        .containsIgnoringCase("\r\nheddle-reason: rbac_access_denied\r\n")
        .containsIgnoringCase("\r\ncontent-length: 19\r\n")
        .endsWith("\r\n\r\nRBAC: access denied");
    assertThat(process.send(get("/admin/x").replace("GET", "HEAD")))
        .startsWith("HTTP/1.1 403")
        .endsWith("\r\n\r\n");
    assertThat(process.errors())
        .contains("authorization: denied by rule 0 of default/deny: GET /admin/x");
  }

  private static void goesOn(GuardedProcess process) throws IOException {
    String body = "x".repeat(10_000);
    String post =
        "POST /admin/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    try (Socket socket = process.connect()) {
      socket.getOutputStream().write((post + body).getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(get("/public").getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answers).startsWith("HTTP/1.1 403").endsWith(Guarded.OPEN);
    }
  }

  private static void holds(GuardedProcess process) throws IOException {
    assertThat(process.send(get("/public"))).endsWith(Guarded.OPEN);
    List<String> passed = new ArrayList<>();
    for (Evasions.Evasion evasion : Evasions.all()) {
      if (process.send(evasion.request()).contains(Guarded.GUARDED)) {
        passed.add(evasion.name());
      }
    }
    assertThat(passed).as("evasions that passed").isEmpty();
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  }
}
