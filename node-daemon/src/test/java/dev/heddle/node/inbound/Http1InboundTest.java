package dev.heddle.node.inbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.heddle.node.inbound.InboundCounts.Event;
import dev.heddle.node.mesh.TestMesh;
import dev.heddle.node.mesh.TestWorkload;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.identity.MutualTlsMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests to an app behind the daemon that judges them: raw bytes, so that nothing is tidied. */
final class Http1InboundTest {

  private static final AuthorizationPolicy NO_ADMIN = Policies.deny(Attribute.PATH, "/admin*");
  private static final AuthorizationPolicy PUBLIC = Policies.allow(Attribute.PATH, "/public/*");

  private static final String LAST_CHUNK = "0\r\n\r\n";
  private static final String SMUGGLED = "GET /admin HTTP/1.1\r\nHost: bob\r\n\r\n";

  private final TestMesh mesh = new TestMesh();
  private final TestWorkload alice = mesh.workload("alice");
  private final TestWorkload bob = mesh.workload("bob");
  private final Queue<String> served = new ConcurrentLinkedQueue<>();
  private final Queue<String> certificates = new ConcurrentLinkedQueue<>();
  private final Queue<String> upgrades = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer app;
  private final InboundRig rig;

  Http1InboundTest() throws IOException {
    app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    app.setExecutor(threads);
    app.createContext("/", this::answer);
    app.start();
    rig = new InboundRig(bob, app.getAddress());
  }

  @AfterEach
  void stop() {
    rig.close();
    app.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    served.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    certificates.add(String.valueOf(exchange.getRequestHeaders().get("X-Forwarded-Client-Cert")));
    upgrades.add(
        exchange.getRequestHeaders().get("Upgrade")
            + " "
            + exchange.getRequestHeaders().get("HTTP2-Settings"));
    byte[] body = exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void eachRequestOfAConnectionIsJudgedByItself() throws Exception {
    bob.use(Policies.of(MutualTlsMode.PERMISSIVE, NO_ADMIN));
    try (Socket client = rig.connect()) {
      assertThat(ask(client, "GET /public HTTP/1.1\r\nHost: bob\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
      String refused = ask(client, "GET /admin HTTP/1.1\r\nHost: bob\r\n\r\n");
      assertThat(refused)
          .startsWith("HTTP/1.1 403")
          .contains("heddle-reason: rbac_access_denied")
          .endsWith("RBAC: access denied");
      assertThat(ask(client, "GET /again HTTP/1.1\r\nHost: bob\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
    }
    assertThat(served).containsExactly("GET /public", "GET /again");
    assertThat(rig.server.counts().of(Event.REQUEST_DENIED)).isEqualTo(1);
    assertThat(rig.server.counts().of(Event.REQUEST_ALLOWED)).isEqualTo(2);
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
    bob.use(Policies.of(MutualTlsMode.PERMISSIVE, NO_ADMIN));
    try (Socket client = rig.connect()) {
      send(
          client,
          "POST /a HTTP/1.1\r\nHost: bob\r\nContent-Length: 3\r\n\r\none"
              + "GET /admin HTTP/1.1\r\nHost: bob\r\n\r\n"
              + "POST /b HTTP/1.1\r\nHost: bob\r\nContent-Length: 3\r\nConnection: close\r\n\r\ntwo");
      String all = new String(client.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(all.indexOf("one")).isPositive();
      assertThat(all.indexOf("RBAC: access denied")).isGreaterThan(all.indexOf("one"));
      assertThat(all.indexOf("two")).isGreaterThan(all.indexOf("RBAC: access denied"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin",
        "/admin/",
        "//admin",
        "/./admin",
        "/public/../admin",
        "/public/%2e%2e/admin",
        "/public/..%2fadmin",
        "/public/..;/admin",
        "/;x/admin",
        "/admin;x=1",
        "/%61dmin",
        "/%2561dmin",
        "/public/..\\admin",
        "/public/%5c..%5cadmin",
        "/%c0%afadmin",
        "/public/%00/../admin",
        "/public/%uff0e%uff0e/admin",
        "http://bob/admin",
        "http://bob//admin",
        "/public/..?x=/public/",
        "/admin?/public/",
        "/admin#/public/"
      })
  void noSpellingOfAPathPassesARuleAboutIt(String target) throws Exception {
    for (AuthorizationPolicy policy : new AuthorizationPolicy[] {NO_ADMIN, PUBLIC}) {
      bob.use(Policies.of(MutualTlsMode.PERMISSIVE, policy));
      try (Socket client = rig.connect()) {
        assertThat(ask(client, "GET " + target + " HTTP/1.1\r\nHost: bob\r\n\r\n"))
            .as("%s by %s", target, policy.action())
            .matches("(?s)HTTP/1.1 (400|403) .*");
      }
    }
    assertThat(served).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /admin\r\n\r\n",
        "get /admin HTTP/1.1\r\nHost: bob\r\n\r\n",
        "\r\nget /admin HTTP/1.1\r\nHost: bob\r\n\r\n",
        " GET /admin HTTP/1.1\r\nHost: bob\r\n\r\n",
        "GET /public HTTP/1.1\r\nHost: bob\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
            + LAST_CHUNK
            + SMUGGLED,
        "POST /public HTTP/1.1\r\nHost: bob\r\nContent-Length: 0\r\nContent-Length: 44\r\n\r\n"
            + SMUGGLED,
        "POST /public HTTP/1.1\r\nHost: bob\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "GET /public HTTP/1.1\r\nHost: bob\r\nHost: other\r\n\r\n",
        "GET /public HTTP/1.1\r\nHost: bob\r\nX: a\r\n folded: b\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "not http at all"
      })
  void whatIsNoPlainRequestNeverReachesAnAppWithRulesAboutRequests(String bytes) throws Exception {
    bob.use(Policies.of(MutualTlsMode.PERMISSIVE, NO_ADMIN));
    try (Socket client = rig.connect()) {
      send(client, bytes);
      client.shutdownOutput();
      String answer = new String(client.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(answer).doesNotContain(" 200 ");
    } catch (SocketException reset) {
      assertThat(reset).isNotNull(); // refused without a word
    }
    assertThat(served).isEmpty();
  }

  @Test
  void noConnectionLeavesForHttp2UnderTheEyesOfTheRules() throws Exception {
    bob.use(Policies.of(MutualTlsMode.PERMISSIVE, NO_ADMIN));
    for (String wish : new String[] {"h2c", "websocket, h2c", "TLS/1.3"}) {
      try (Socket client = rig.connect()) {
        String asked =
            "GET / HTTP/1.1\r\nHost: bob\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: "
                + wish
                + "\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n";
        assertThat(ask(client, asked)).startsWith("HTTP/1.1 200");
      }
    }
    assertThat(upgrades).containsOnly("null null");
  }

  @Test
  void theAppLearnsWhoCallsAndNobodyElseCanSayIt() throws Exception {
    bob.use(Policies.of(MutualTlsMode.PERMISSIVE, NO_ADMIN));
    String forged =
        "GET / HTTP/1.1\r\nHost: bob\r\nX-Forwarded-Client-Cert: By=x;URI=spiffe://root\r\n\r\n";
    try (Socket client = MeshSockets.connect(alice, rig.port(), "istio")) {
      assertThat(ask(client, forged)).startsWith("HTTP/1.1 200");
    }
    try (Socket client = rig.connect()) {
      assertThat(ask(client, forged)).startsWith("HTTP/1.1 200");
    }
    assertThat(certificates.poll())
        .matches(
            "\\[By="
                + TestMesh.uri("bob")
                + ";Hash=[0-9a-f]{64};Subject=\"\";URI="
                + TestMesh.uri("alice")
                + "]");
    assertThat(certificates.poll()).isEqualTo("null");
  }

  @Test
  void bodiesGoBothWaysWholeAndOverTls() throws Exception {
    bob.use(Policies.of(MutualTlsMode.STRICT, NO_ADMIN));
    String body = "x".repeat(3_000_000);
    try (Socket client = MeshSockets.connect(alice, rig.port(), "istio-http/1.1", "istio")) {
      threads.submit(
          () -> {
            send(
                client,
                "POST /echo HTTP/1.1\r\nHost: bob\r\nConnection: close\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body);
            return null;
          });
      String answer = new String(client.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(answer).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n" + body);
    }
  }

  @Test
  void anAppThatIsNotThereIsAnsweredFor() throws Exception {
    bob.use(Policies.of(MutualTlsMode.PERMISSIVE, NO_ADMIN));
    app.stop(0);
    try (Socket client = rig.connect()) {
      assertThat(ask(client, "GET / HTTP/1.1\r\nHost: bob\r\n\r\n"))
          .startsWith("HTTP/1.1 503")
          .contains("app_unreachable");
    }
  }

  private static void send(Socket client, String bytes) throws IOException {
    client.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    client.getOutputStream().flush();
  }

  /** One request and one response that has a length. */
  private static String ask(Socket client, String request) throws IOException {
    send(client, request);
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = client.getInputStream().read();
      if (next < 0) {
        return head.toString();
      }
      head.append((char) next);
    }
    String lower = head.toString().toLowerCase(java.util.Locale.ROOT);
    int length = lower.indexOf("content-length: ");
    if (length < 0) {
      return head.toString();
    }
    int end = lower.indexOf('\r', length);
    int bytes = Integer.parseInt(lower.substring(length + "content-length: ".length(), end));
    return head + new String(client.getInputStream().readNBytes(bytes), ISO_8859_1);
  }
}
