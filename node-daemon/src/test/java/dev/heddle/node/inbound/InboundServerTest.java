package dev.heddle.node.inbound;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.inbound.InboundCounts.Event;
import dev.heddle.node.mesh.TestMesh;
import dev.heddle.node.mesh.TestWorkload;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.identity.MutualTlsMode;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bytes of strangers and of the mesh to an app behind the daemon, on loopback. */
final class InboundServerTest {

  private final TestMesh mesh = new TestMesh();
  private final TestWorkload alice = mesh.workload("alice");
  private final TestWorkload bob = mesh.workload("bob");
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ServerSocket app;
  private final InboundRig rig;

  InboundServerTest() throws IOException {
    app = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    rig = new InboundRig(bob, app.getLocalSocketAddress());
  }

  @AfterEach
  void stop() throws IOException {
    rig.close();
    app.close();
    threads.shutdownNow();
  }

  @Test
  void aMeshPeerIsServedWhereOnlyTheMeshIs() throws Exception {
    bob.use(Policies.mode(MutualTlsMode.STRICT));
    echo();
    try (Socket client = MeshSockets.connect(alice, rig.port(), "istio")) {
      assertThat(say(client, "hello")).isEqualTo("hello");
    }
    assertThat(rig.server.counts().of(Event.MESH_CONNECTION)).isEqualTo(1);
  }

  @Test
  void plaintextIsServedWhereItMayBeAndRefusedWhereItMayNot() throws Exception {
    echo();
    for (MutualTlsMode mode :
        new MutualTlsMode[] {MutualTlsMode.PERMISSIVE, MutualTlsMode.DISABLE}) {
      bob.use(Policies.mode(mode));
      try (Socket client = rig.connect()) {
        assertThat(say(client, "hello")).isEqualTo("hello");
      }
    }
    bob.use(Policies.mode(MutualTlsMode.STRICT));
    try (Socket client = rig.connect()) {
      assertEnds(client, "hello");
    }
    assertThat(rig.server.counts().of(Event.PLAINTEXT_REFUSED)).isEqualTo(1);
  }

  @Test
  void anAppThatSpeaksFirstIsHeardByASilentClient() throws Exception {
    bob.use(WorkloadPolicy.DEFAULT);
    Future<?> served =
        threads.submit(
            () -> {
              try (Socket accepted = app.accept()) {
                accepted.getOutputStream().write("220 ready".getBytes(US_ASCII));
              }
              return null;
            });
    try (Socket client = rig.connect()) {
      assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
          .isEqualTo("220 ready");
    }
    served.get();
  }

  @Test
  void tlsOfTheAppsOwnGoesThroughAsItIs() throws Exception {
    bob.use(WorkloadPolicy.DEFAULT);
    Future<Integer> first =
        threads.submit(
            () -> {
              try (Socket accepted = app.accept()) {
                return accepted.getInputStream().read();
              }
            });
    threads.submit(
        () -> {
          MeshSockets.connect(alice, rig.port(), "h2").startHandshake();
          return null;
        });
    assertThat(first.get()).isEqualTo(0x16);
  }

  @Test
  void rulesAboutCallersAreAskedOfMeshPeersAndStrangers() throws Exception {
    echo();
    bob.use(
        Policies.of(
            MutualTlsMode.PERMISSIVE,
            Policies.allow(Attribute.SOURCE_PRINCIPAL, alice.identity().principal())));
    try (Socket client = MeshSockets.connect(alice, rig.port(), "istio")) {
      assertThat(say(client, "hello")).isEqualTo("hello");
    }
    try (Socket client = MeshSockets.connect(mesh.workload("mallory"), rig.port(), "istio")) {
      assertEnds(client, "hello");
    }
    try (Socket client = rig.connect()) {
      assertEnds(client, "hello");
    }
    assertThat(rig.server.counts().of(Event.CONNECTION_DENIED)).isEqualTo(2);
  }

  @Test
  void eachEndMayCloseItsDirectionFirstByTlsAndWithout() throws Exception {
    bob.use(WorkloadPolicy.DEFAULT);
    answerAfterTheEnd(2);
    try (Socket client = MeshSockets.connect(alice, rig.port(), "istio")) {
      assertThat(sayAndEnd(client)).isEqualTo("you said hello");
    }
    try (Socket client = rig.connect()) {
      assertThat(sayAndEnd(client)).isEqualTo("you said hello");
    }
  }

  @Test
  void muchIsCarriedWholeThoughTheReaderIsSlow() throws Exception {
    bob.use(Policies.mode(MutualTlsMode.STRICT));
    byte[] much = new byte[32 * 1024 * 1024];
    Future<Integer> read =
        threads.submit(
            () -> {
              try (Socket accepted = app.accept()) {
                return accepted.getInputStream().readAllBytes().length;
              }
            });
    try (Socket client = MeshSockets.connect(alice, rig.port(), "istio")) {
      client.getOutputStream().write(much);
      client.shutdownOutput();
      assertThat(read.get()).isEqualTo(much.length);
    }
  }

  @Test
  void anAppThatIsNotThereResetsItsClients() throws Exception {
    bob.use(WorkloadPolicy.DEFAULT);
    app.close();
    try (Socket client = rig.connect()) {
      assertEnds(client, "hello");
    }
    assertThat(rig.server.counts().of(Event.APP_UNREACHABLE)).isEqualTo(1);
  }

  private void echo() {
    threads.submit(
        () -> {
          while (!app.isClosed()) {
            Socket accepted = app.accept();
            threads.submit(() -> accepted.getInputStream().transferTo(accepted.getOutputStream()));
          }
          return null;
        });
  }

  private void answerAfterTheEnd(int times) {
    threads.submit(
        () -> {
          for (int i = 0; i < times; i++) {
            try (Socket accepted = app.accept()) {
              String said = new String(accepted.getInputStream().readAllBytes(), US_ASCII);
              accepted.getOutputStream().write(("you said " + said).getBytes(US_ASCII));
            }
          }
          return null;
        });
  }

  private static String sayAndEnd(Socket client) throws IOException {
    client.getOutputStream().write("hello".getBytes(US_ASCII));
    client.shutdownOutput();
    return new String(client.getInputStream().readAllBytes(), US_ASCII);
  }

  private static String say(Socket client, String text) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(text.getBytes(US_ASCII));
    out.flush();
    return new String(client.getInputStream().readNBytes(text.length()), US_ASCII);
  }

  private static void assertEnds(Socket client, String text) {
    int read;
    try {
      client.getOutputStream().write(text.getBytes(US_ASCII));
      InputStream in = client.getInputStream();
      read = in.read();
    } catch (IOException e) {
      assertThat(e).isNotInstanceOf(java.net.SocketTimeoutException.class);
      return;
    }
    assertThat(read).isEqualTo(-1);
  }
}
