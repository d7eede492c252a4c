package dev.heddle.node.inbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.inbound.Http2Frames.Answer;
import dev.heddle.node.inbound.InboundCounts.Event;
import dev.heddle.node.mesh.TestMesh;
import dev.heddle.node.mesh.TestWorkload;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.identity.MutualTlsMode;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of HTTP/2 to an app behind the daemon that judges them, frame by frame. */
final class Http2InboundTest {

  private static final AuthorizationPolicy NO_ADMIN = Policies.deny(Attribute.PATH, "/admin*");
  private static final AuthorizationPolicy PUBLIC = Policies.allow(Attribute.PATH, "/public/*");

  private final TestMesh mesh = new TestMesh();
  private final TestWorkload alice = mesh.workload("alice");
  private final TestWorkload bob = mesh.workload("bob");
  private Http2App app;
  private InboundRig rig;

  @BeforeEach
  void start() {
    app = new Http2App();
    rig = new InboundRig(bob, app.address());
    bob.use(Policies.of(MutualTlsMode.PERMISSIVE, NO_ADMIN));
  }

  @AfterEach
  void stop() {
    rig.close();
    app.close();
  }

  @Test
  void eachStreamOfAConnectionIsJudgedByItself() throws Exception {
    try (Socket socket = rig.connect()) {
      Http2Frames client = new Http2Frames(socket);
      client.get(1, "/public");
      assertThat(client.answer(1).status()).isEqualTo(200);
      client.get(3, "/admin");
      Answer refused = client.answer(3);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.body()).isEqualTo("RBAC: access denied");
      assertThat(refused.headers().get("heddle-reason")).hasToString("rbac_access_denied");
      client.get(5, "/again");
      assertThat(client.answer(5).status()).isEqualTo(200);
    }
    assertThat(app.served).containsExactly("GET /public", "GET /again");
    assertThat(rig.server.counts().of(Event.REQUEST_DENIED)).isEqualTo(1);
    assertThat(rig.server.counts().of(Event.REQUEST_ALLOWED)).isEqualTo(2);
  }

  @Test
  void aRuleThatComesHoldsForTheNextStreamOfAConnection() throws Exception {
    try (Socket socket = rig.connect()) {
      Http2Frames client = new Http2Frames(socket);
      client.get(1, "/public");
      assertThat(client.answer(1).status()).isEqualTo(200);
      bob.use(Policies.of(MutualTlsMode.PERMISSIVE, Policies.deny(Attribute.PATH, "/public*")));
      client.get(3, "/public");
      assertThat(client.answer(3).status()).isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"istio", "istio-h2"})
  void theMeshSpeaksItUnderEachNameOfTls(String protocol) throws Exception {
    bob.use(Policies.of(MutualTlsMode.STRICT, NO_ADMIN));
    try (Socket socket = MeshSockets.connect(alice, rig.port(), protocol, "istio")) {
      Http2Frames client = new Http2Frames(socket);
      client.get(1, "/", "x-forwarded-client-cert", "By=x;URI=spiffe://root");
      assertThat(client.answer(1).status()).isEqualTo(200);
      client.get(3, "/admin");
      assertThat(client.answer(3).status()).isEqualTo(403);
    }
    assertThat(app.headers.remove().getAll("x-forwarded-client-cert"))
        .singleElement()
        .asString()
        .startsWith("By=" + TestMesh.uri("bob"))
        .endsWith("URI=" + TestMesh.uri("alice"));
  }

  @Test
  void bodiesAndTrailersGoBothWays() throws Exception {
    try (Socket socket = rig.connect()) {
      Http2Frames client = new Http2Frames(socket);
      byte[] head =
          Http2Frames.block(
              ":method", "POST", ":scheme", "http", ":authority", "bob", ":path", "/echo");
      client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1, head);
      client.send(Http2Frames.DATA, 0, 1, "hello ".getBytes(ISO_8859_1));
      client.send(Http2Frames.DATA, 0, 1, "world".getBytes(ISO_8859_1));
      client.send(
          Http2Frames.HEADERS,
          Http2Frames.END_HEADERS | Http2Frames.END_STREAM,
          1,
          Http2Frames.block("x-end", "told"));
      assertThat(client.answer(1).body()).isEqualTo("hello world");
    }
  }

  @Test
  void aClientIsToldToStopSendingWhatIsRefused() throws Exception {
    try (Socket socket = rig.connect()) {
      Http2Frames client = new Http2Frames(socket);
      byte[] head =
          Http2Frames.block(
              ":method", "POST", ":scheme", "http", ":authority", "bob", ":path", "/admin");
      client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1, head);
      assertThat(client.answer(1).status()).isEqualTo(403);
      Answer reset = client.answer(1);
      assertThat(reset.status()).isZero();
      assertThat(reset.error()).isEqualTo((int) Http2Error.NO_ERROR.code());
      client.get(3, "/public");
      assertThat(client.answer(3).status()).isEqualTo(200);
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
        "http://bob/public/../admin",
        "/public/..?x=/public/",
        "/admin?/public/",
        "/admin#/public/",
        "admin",
        "*",
        "",
        " /admin",
        "/public/\t/../admin"
      })
  void noSpellingOfAPathPassesARuleAboutIt(String path) throws Exception {
    for (AuthorizationPolicy policy : List.of(NO_ADMIN, PUBLIC)) {
      bob.use(Policies.of(MutualTlsMode.PERMISSIVE, policy));
      try (Socket socket = rig.connect()) {
        Http2Frames client = new Http2Frames(socket);
        client.get(1, path);
        assertThat(client.answer(1).status())
            .as("%s by %s", path, policy.action())
            .isIn(0, 400, 403);
      }
    }
    assertThat(app.served).isEmpty();
  }

  private static Stream<List<String>> malformed() {
    return Stream.of(
        List.of(":method", "GET", ":scheme", "http", ":authority", "bob"),
        List.of(":scheme", "http", ":authority", "bob", ":path", "/public"),
        List.of(":method", "GET", ":scheme", "http", ":path", "/public"),
        well(":path", "/admin"),
        well(":method", "POST"),
        well(":authority", "alice"),
        well(":status", "200"),
        well(":unknown", "x"),
        well("x-before", "1", ":method", "GET"),
        well("X-Upper", "1"),
        well("connection", "close"),
        well("connection", "x-secret", "x-secret", "1"),
        well("keep-alive", "timeout=5"),
        well("proxy-connection", "keep-alive"),
        well("transfer-encoding", "chunked"),
        well("upgrade", "h2c"),
        well("te", "gzip"),
        well("host", "alice"),
        well("host", "bob", "host", "alice"),
        well("content-length", "5"),
        well("content-length", "-1"),
        well("content-length", "0", "content-length", "5"),
        well("content_length", "5"),
        well("x-split", "a\r\nx-injected: b"),
        well("x-nul", "a\0b"),
        well("x name", "1"),
        well("", "1"),
        List.of(
            ":method", "CONNECT", ":scheme", "http", ":authority", "bob:80", ":path", "/public"),
        List.of(":method", "CONNECT", ":authority", "bob:80"),
        List.of(
            ":method",
            "CONNECT",
            ":protocol",
            "websocket",
            ":scheme",
            "http",
            ":authority",
            "bob",
            ":path",
            "/public"),
        List.of(":method", "GET", ":scheme", "http", ":authority", "root@bob", ":path", "/public"),
        List.of(":method", "GET /", ":scheme", "http", ":authority", "bob", ":path", "/public"),
        List.of(":method", "GET", ":scheme", "http", ":authority", "bob", ":path", ""));
  }

  private static List<String> well(String... more) {
    List<String> fields =
        new ArrayList<>(
            List.of(":method", "GET", ":scheme", "http", ":authority", "bob", ":path", "/public"));
    fields.addAll(List.of(more));
    return fields;
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatIsNoPlainRequestNeverReachesTheApp(List<String> fields) throws Exception {
    try (Socket socket = rig.connect()) {
      Http2Frames client = new Http2Frames(socket);
      client.send(
          Http2Frames.HEADERS,
          Http2Frames.END_HEADERS | Http2Frames.END_STREAM,
          1,
          Http2Frames.block(fields.toArray(String[]::new)));
      Answer answer = client.answer(1);
      assertThat(answer.status()).as("%s", fields).isNotEqualTo(200);
    }
    assertThat(app.served).isEmpty();
  }

  @Test
  void aRequestInPlaceOfTrailersIsNotServed() throws Exception {
    try (Socket socket = rig.connect()) {
      Http2Frames client = new Http2Frames(socket);
      byte[] head =
          Http2Frames.block(
              ":method", "POST", ":scheme", "http", ":authority", "bob", ":path", "/public");
      client.send(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1, head);
      client.get(1, "/admin");
      assertThat(client.answer(1).status()).isNotEqualTo(200);
    }
    assertThat(app.served).isEmpty();
  }

  @Test
  void oneHostThatIsTheAuthorityIsNoContradiction() throws Exception {
    try (Socket socket = rig.connect()) {
      Http2Frames client = new Http2Frames(socket);
      client.get(1, "/public", "host", "bob");
      assertThat(client.answer(1).status()).isEqualTo(200);
    }
  }

  @Test
  void headersThatAreTooLongEndTheirStreamAlone() throws Exception {
    try (Socket socket = rig.connect()) {
      Http2Frames client = new Http2Frames(socket);
      String[] many = new String[2 * 150];
      for (int i = 0; i < many.length; i += 2) {
        many[i] = "x-" + i;
        many[i + 1] = "v";
      }
      client.get(1, "/public", many);
      assertThat(client.answer(1).status()).isIn(0, 431);
      client.get(3, "/public");
      assertThat(client.answer(3).status()).isEqualTo(200);
    }
  }

  @Test
  void rapidResetsEndTheConnection() throws Exception {
    try (Socket socket = rig.connect()) {
      Http2Frames client = new Http2Frames(socket);
      try {
        for (int stream = 1; stream < 2_000; stream += 2) {
          client.get(stream, "/public");
          client.send(Http2Frames.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
        }
      } catch (SocketException e) {
        // the daemon had enough
      }
      assertThat(client.goAway()).isEqualTo((int) Http2Error.ENHANCE_YOUR_CALM.code());
    }
  }

  @Test
  void aFloodOfContinuationsEndsTheConnection() throws Exception {
    try (Socket socket = rig.connect()) {
      Http2Frames client = new Http2Frames(socket);
      client.send(Http2Frames.HEADERS, 0, 1, Http2Frames.block(":method", "GET"));
      try {
        for (int i = 0; i < 1_000; i++) {
          client.send(Http2Frames.CONTINUATION, 0, 1, Http2Frames.block("a", "b"));
        }
      } catch (SocketException e) {
        // the daemon had enough
      }
      assertThat(client.goAway()).isEqualTo((int) Http2Error.ENHANCE_YOUR_CALM.code());
    }
    assertThat(app.served).isEmpty();
  }

  @Test
  void anAppThatSpeaksNoHttp2IsAnsweredFor() throws Exception {
    try (ServerSocket silent = new ServerSocket(0);
        InboundRig other = new InboundRig(bob, silent.getLocalSocketAddress())) {
      Thread.ofVirtual().start(() -> refuseByHttp1(silent));
      try (Socket socket = other.connect()) {
        Http2Frames client = new Http2Frames(socket);
        client.get(1, "/public");
        Answer answer = client.answer(1);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().get("heddle-reason")).hasToString("app_unreachable");
      }
    }
  }

  private static void refuseByHttp1(ServerSocket app) {
    try (Socket accepted = app.accept()) {
      accepted.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(ISO_8859_1));
      accepted.getInputStream().readAllBytes();
    } catch (IOException e) {
      // the daemon has closed
    }
  }
}
