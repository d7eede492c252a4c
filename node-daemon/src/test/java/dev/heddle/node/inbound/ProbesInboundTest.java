package dev.heddle.node.inbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.heddle.node.inbound.InboundCounts.Event;
import dev.heddle.node.mesh.TestMesh;
import dev.heddle.node.mesh.TestPod;
import dev.heddle.node.mesh.TestWorkload;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.identity.MutualTlsMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A kubelet's probes of an app behind the daemon. */
final class ProbesInboundTest {

  private static final String LAST = "Host: 10.0.0.7\r\nConnection: close\r\n\r\n";

  private final TestWorkload bob = new TestMesh().workload("bob");
  private final Queue<String> served = new ConcurrentLinkedQueue<>();
  private final HttpServer app;
  private final InboundRig rig;

  ProbesInboundTest() throws IOException {
    app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    app.createContext(
        "/",
        exchange -> {
          served.add(String.valueOf(exchange.getRequestURI()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    app.start();
    TestPod pod = new TestPod(bob, Set.of(app.getAddress().getPort() + "/healthz?deep=1"));
    rig = new InboundRig(pod, app.getAddress(), null, Patience.DEFAULT);
  }

  @AfterEach
  void stop() {
    rig.close();
    app.stop(0);
  }

  @ParameterizedTest
  @EnumSource(MutualTlsMode.class)
  void aProbeThatThePodDeclaresIsLetInWhateverModeAndRulesSay(MutualTlsMode mode) throws Exception {
    bob.use(Policies.of(mode, Policies.allow(Attribute.PATH, "/nothing")));
    assertThat(ask("GET /healthz?deep=1 HTTP/1.1\r\n" + LAST)).startsWith("HTTP/1.1 200");
    assertThat(served).containsExactly("/healthz?deep=1");
  }

  @Test
  void aStrictPortTakesNothingElseInPlaintext() throws Exception {
    bob.use(Policies.of(MutualTlsMode.STRICT));
    for (String request :
        new String[] {
          "GET /healthz HTTP/1.1\r\n",
          "GET /healthz?deep=12 HTTP/1.1\r\n",
          "POST /healthz?deep=1 HTTP/1.1\r\n",
          "GET /admin HTTP/1.1\r\n"
        }) {
      assertThat(askOrReset(request + LAST)).isEmpty();
    }
    assertThat(served).isEmpty();
  }

  @Test
  void whatComesBehindAProbeOnItsConnectionIsNotLetInWithIt() throws Exception {
    bob.use(Policies.of(MutualTlsMode.STRICT));
    String answers =
        ask("GET /healthz?deep=1 HTTP/1.1\r\nHost: a\r\n\r\n" + "GET /admin HTTP/1.1\r\n" + LAST);
    assertThat(answers).contains("HTTP/1.1 200", "HTTP/1.1 403");
    assertThat(served).containsExactly("/healthz?deep=1");
    assertThat(rig.server.counts().of(Event.PLAINTEXT_REFUSED)).isEqualTo(1);
  }

  @Test
  void aPlaintextClientWhoseFirstRequestLooksLikeAProbeIsServedOn() throws Exception {
    bob.use(Policies.of(MutualTlsMode.PERMISSIVE));
    String answers =
        ask("GET /healthz?deep=1 HTTP/1.1\r\nHost: a\r\n\r\nGET /cart HTTP/1.1\r\n" + LAST);
    assertThat(answers).doesNotContain("403");
    assertThat(served).containsExactly("/healthz?deep=1", "/cart");
  }

  private String askOrReset(String request) {
    try {
      return ask(request);
    } catch (IOException e) {
      return "";
    }
  }

  private String ask(String request) throws IOException {
    try (Socket client = rig.connect()) {
      client.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}
