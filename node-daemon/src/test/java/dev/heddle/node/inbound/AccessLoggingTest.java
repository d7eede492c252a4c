package dev.heddle.node.inbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.accesslog.AccessLog;
import dev.heddle.node.mesh.TestMesh;
import dev.heddle.node.mesh.TestWorkload;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the access log says of requests and connections that come to a pod. */
final class AccessLoggingTest {

  @TempDir private Path directory;
  private final TestMesh mesh = new TestMesh();
  private final TestWorkload alice = mesh.workload("alice");
  private final TestWorkload bob = mesh.workload("bob");
  private final Http2App app = new Http2App();
  private Path file;
  private AccessLog log;
  private InboundRig rig;

  @BeforeEach
  void start() throws IOException {
    file = directory.resolve("access.log");
    log = AccessLog.open(file.toString());
    rig = new InboundRig(bob, app.address(), log, Patience.DEFAULT);
  }

  @AfterEach
  void stop() {
    rig.close();
    app.close();
    log.close();
  }

  /** All of them, as the daemon has written when it ends. */
  private List<String> lines() throws IOException {
    rig.close();
    log.close();
    return Files.readAllLines(file);
  }

  @Test
  void aLineSaysWhoAskedWhatAndWhatCameOfIt() throws Exception {
    bob.use(Policies.of(MutualTlsMode.STRICT, Policies.deny(Attribute.PATH, "/admin*")));
    try (Socket socket = MeshSockets.connect(alice, rig.port(), "istio-h2", "istio")) {
      Http2Frames client = new Http2Frames(socket);
      client.get(1, "/public?x=1", "user-agent", "curl \"8\"", "x-request-id", "r1");
      assertThat(client.answer(1).status()).isEqualTo(200);
      client.get(3, "/admin");
      assertThat(client.answer(3).status()).isEqualTo(403);
    }
    List<String> lines = lines();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .startsWith("{\"start_time\":\"2")
        .contains("\"method\":\"GET\",\"path\":\"/public?x=1\",\"protocol\":\"HTTP/2\"")
        .contains("\"response_code\":200,\"response_flags\":\"-\"")
        .contains("\"response_code_details\":\"via_upstream\"")
        .contains("\"user_agent\":\"curl \\\"8\\\"\",\"request_id\":\"r1\",\"authority\":\"bob\"")
        .contains("\"upstream_host\":\"127.0.0.1:" + app.address().getPort() + "\"")
        .contains("\"downstream_remote_address\":\"127.0.0.1:")
        .endsWith("\"downstream_peer_uri_san\":\"" + TestMesh.uri("alice") + "\"}");
    assertThat(lines.get(1))
        .contains("\"response_code\":403", "\"response_code_details\":\"rbac_access_denied\"")
        .contains("\"bytes_sent\":19");
  }

  @Test
  void requestsOfHttp1AreWrittenDownToo() throws Exception {
    bob.use(Policies.of(MutualTlsMode.PERMISSIVE, Policies.deny(Attribute.PATH, "/admin*")));
    try (Socket client = rig.connect()) {
      client
          .getOutputStream()
          .write(
              "GET /admin HTTP/1.1\r\nHost: bob\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
      client.getInputStream().readAllBytes();
    }
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("\"path\":\"/admin\",\"protocol\":\"HTTP/1.1\",\"response_code\":403")
        .contains("\"downstream_peer_uri_san\":null");
  }

  @Test
  void aConnectionWhoseRequestsAreNotReadHasOneLine() throws Exception {
    bob.use(WorkloadPolicy.DEFAULT);
    try (Socket socket = rig.connect()) {
      Http2Frames client = new Http2Frames(socket);
      client.get(1, "/public");
      assertThat(client.answer(1).status()).isEqualTo(200);
    }
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("\"method\":null,\"path\":null,\"protocol\":null,\"response_code\":0")
        .doesNotContain("\"bytes_received\":0,")
        .doesNotContain("\"bytes_sent\":0,");
  }
}
