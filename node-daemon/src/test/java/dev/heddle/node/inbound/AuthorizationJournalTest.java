package dev.heddle.node.inbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.mesh.TestMesh;
import dev.heddle.node.mesh.TestWorkload;
import dev.heddle.policy.authn.JwtRule;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.authz.AuthorizationPolicy;
import dev.heddle.policy.identity.MutualTlsMode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people learn of the decisions about callers of a pod. */
final class AuthorizationJournalTest {

  private static final AuthorizationPolicy NO_ADMIN = Policies.deny(Attribute.PATH, "/admin*");

  private final TestMesh mesh = new TestMesh();
  private final TestWorkload alice = mesh.workload("alice");
  private final TestWorkload bob = mesh.workload("bob");
  private final ServerSocket app = new ServerSocket(0);
  private final InboundRig rig = new InboundRig(bob, app.getLocalSocketAddress());

  AuthorizationJournalTest() throws IOException {
    Thread.ofVirtual().start(this::serve);
  }

  private void serve() {
    while (!app.isClosed()) {
      try (Socket accepted = app.accept()) {
        accepted.getInputStream().read();
        accepted
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
        accepted.getInputStream().readAllBytes();
      } catch (IOException e) {
        // the daemon, or the test, has closed
      }
    }
  }

  @AfterEach
  void stop() throws IOException {
    rig.close();
    app.close();
  }

  private String ask(Socket client, String target, String... headers) throws IOException {
    String head =
        "GET "
            + target
            + " HTTP/1.1\r\nHost: bob\r\nConnection: close\r\n"
            + String.join("", headers)
            + "\r\n";
    client.getOutputStream().write(head.getBytes(ISO_8859_1));
    client.getOutputStream().flush();
    return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
  }

  @Test
  void aRefusalSaysWhoWasRefusedWhatAndByWhichRule() throws Exception {
    bob.use(Policies.of(MutualTlsMode.PERMISSIVE, NO_ADMIN));
    try (Socket client = MeshSockets.connect(alice, rig.port(), "istio")) {
      assertThat(ask(client, "/admin?password=secret")).startsWith("HTTP/1.1 403");
    }
    assertThat(rig.log)
        .containsExactly(
            "authorization: denied by rule 0 of default/guard: GET /admin to pod default/bob port "
                + app.getLocalPort()
                + " from "
                + TestMesh.uri("alice")
                + " at 127.0.0.1");
    assertThat(rig.server.authorization().denied())
        .containsExactly(Map.entry(List.of("default/bob", "DENIED", "default/guard", "0"), 1L));
  }

  @Test
  void aConnectionThatIsRefusedIsToldOfToo() throws Exception {
    bob.use(
        Policies.of(
            MutualTlsMode.PERMISSIVE,
            Policies.allow(Attribute.SOURCE_PRINCIPAL, alice.identity().principal())));
    try (Socket client = rig.connect()) {
      client.getOutputStream().write('x');
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    } catch (IOException reset) {
      assertThat(reset).hasMessageContaining("reset");
    }
    assertThat(rig.log)
        .singleElement()
        .asString()
        .startsWith(
            "authorization: denied: policies that allow apply, and none of their rules matches: a"
                + " connection to pod default/bob port ")
        .contains(" from an unknown peer at 127.0.0.1");
  }

  @Test
  void rulesThatAuditAndThoseThatAreTriedOutAreToldOfAndDecideNothing() throws Exception {
    bob.use(
        Policies.of(
            MutualTlsMode.PERMISSIVE,
            Policies.dryRun(NO_ADMIN),
            Policies.audit(Attribute.PATH, "/admin*"),
            Policies.deny(Attribute.PATH, "/other")));
    try (Socket client = rig.connect()) {
      assertThat(ask(client, "/admin")).startsWith("HTTP/1.1 200");
    }
    assertThat(rig.log).hasSize(2);
    assertThat(rig.log.remove())
        .startsWith("authorization: audit: rule 0 of default/audit matches");
    assertThat(rig.log.remove())
        .startsWith("authorization: dry run: denied by rule 0 of default/tried: GET /admin");
    assertThat(rig.server.authorization().audited())
        .containsOnlyKeys(List.of("default/bob", "ALLOWED", "default/audit", "0"));
    assertThat(rig.server.authorization().dryRun())
        .containsOnlyKeys(List.of("default/bob", "DENIED", "default/tried", "0"));
    assertThat(rig.server.authorization().allowed()).containsEntry(List.of("default/bob"), 1L);
    assertThat(rig.server.authorization().denied()).isEmpty();
  }

  @Test
  void aTokenThatIsNotBelievedIsNotToldItself() throws Exception {
    bob.use(Policies.tokens(JwtRule.builder().issuer("https://a.com").build()));
    try (Socket client = rig.connect()) {
      assertThat(ask(client, "/x", "Authorization: Bearer e30.e30.c2VjcmV0\r\n"))
          .startsWith("HTTP/1.1 401");
    }
    assertThat(rig.log)
        .singleElement()
        .asString()
        .startsWith("authorization: denied: its token is not believed, ")
        .doesNotContain("c2VjcmV0");
    assertThat(rig.server.authorization().unauthenticated())
        .containsEntry(List.of("default/bob"), 1L);
  }

  @Test
  void linesAreAMinutesAndTheNextSaysHowManyWereLeftOut() {
    long[] now = {0};
    BoundedLog log = new BoundedLog(rig.log::add, () -> now[0]);
    for (int i = 0; i < 100; i++) {
      write(log);
    }
    assertThat(rig.log).hasSize(60);
    now[0] = 60_000_000_000L;
    rig.log.clear();
    write(log);
    assertThat(rig.log).containsExactly("line (40 before it were not written)");
  }

  private static void write(BoundedLog log) {
    if (log.takes()) {
      log.write("line");
    }
  }
}
