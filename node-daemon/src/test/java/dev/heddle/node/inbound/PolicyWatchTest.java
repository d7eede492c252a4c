package dev.heddle.node.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.mesh.TestMesh;
import dev.heddle.node.mesh.TestWorkload;
import dev.heddle.policy.authn.JwtRule;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that are open when the policy of their pod changes. */
final class PolicyWatchTest {

  private static final Patience SHORT = new Patience(5_000, 5_000, 5_000, 60_000, 50);

  private final TestMesh mesh = new TestMesh();
  private final TestWorkload alice = mesh.workload("alice");
  private final TestWorkload bob = mesh.workload("bob");
  private final ServerSocket app = new ServerSocket(0);
  private final InboundRig rig = new InboundRig(bob, app.getLocalSocketAddress(), null, SHORT);

  PolicyWatchTest() throws IOException {
    bob.use(WorkloadPolicy.DEFAULT);
  }

  @BeforeEach
  void echo() {
    Thread.ofVirtual()
        .start(
            () -> {
              while (!app.isClosed()) {
                try {
                  Socket accepted = app.accept();
                  Thread.ofVirtual()
                      .start(
                          () -> {
                            try (accepted) {
                              accepted.getInputStream().transferTo(accepted.getOutputStream());
                            } catch (IOException e) {
                              // the daemon has closed
                            }
                          });
                } catch (IOException e) {
                  return;
                }
              }
            });
  }

  @AfterEach
  void stop() throws IOException {
    rig.close();
    app.close();
  }

  private static int echoed(Socket client) throws IOException {
    client.getOutputStream().write('x');
    client.getOutputStream().flush();
    return client.getInputStream().read();
  }

  /** Until the daemon ends it, or the read times out. */
  private static boolean ends(Socket client) throws IOException {
    try {
      return client.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Test
  void whoIsNotLetInAnyMoreLosesItsConnectionAndOthersKeepTheirs() throws Exception {
    try (Socket stranger = rig.connect();
        Socket friend = MeshSockets.connect(alice, rig.port(), "istio")) {
      assertThat(echoed(stranger)).isEqualTo('x');
      assertThat(echoed(friend)).isEqualTo('x');
      bob.use(
          Policies.of(
              MutualTlsMode.PERMISSIVE,
              Policies.allow(Attribute.SOURCE_PRINCIPAL, alice.identity().principal())));
      assertThat(ends(stranger)).isTrue();
      assertThat(echoed(friend)).isEqualTo('x');
    }
  }

  @Test
  void plaintextEndsWhereThePortBecomesStrict() throws Exception {
    try (Socket client = rig.connect()) {
      assertThat(echoed(client)).isEqualTo('x');
      bob.use(Policies.mode(MutualTlsMode.STRICT));
      assertThat(ends(client)).isTrue();
    }
  }

  @Test
  void whatWasNotReadEndsWhereRequestsAreToBeRead() throws Exception {
    for (WorkloadPolicy policy :
        new WorkloadPolicy[] {
          Policies.of(MutualTlsMode.PERMISSIVE, Policies.allow(Attribute.PATH, "/open")),
          Policies.tokens(JwtRule.builder().issuer("https://a.com").build())
        }) {
      bob.use(WorkloadPolicy.DEFAULT);
      try (Socket client = rig.connect()) {
        assertThat(echoed(client)).isEqualTo('x');
        bob.use(policy);
        assertThat(ends(client)).isTrue();
      }
    }
  }
}
