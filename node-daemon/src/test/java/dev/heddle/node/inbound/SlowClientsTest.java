package dev.heddle.node.inbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.node.inbound.InboundCounts.Event;
import dev.heddle.node.mesh.TestMesh;
import dev.heddle.node.mesh.TestWorkload;
import dev.heddle.policy.authz.Attribute;
import dev.heddle.policy.identity.MutualTlsMode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that stop in the middle, or never begin; patience is short, so that tests are. */
final class SlowClientsTest {

  private static final Patience SHORT = new Patience(100, 300, 300, 600, 50);

  /** For a connection that is not to end, as a test sees it. */
  private static final int LONGER_MILLIS = 1_000;

  private final TestMesh mesh = new TestMesh();
  private final TestWorkload bob = mesh.workload("bob");
  private final ServerSocket app = new ServerSocket(0);
  private final InboundRig rig = new InboundRig(bob, app.getLocalSocketAddress(), null, SHORT);

  SlowClientsTest() throws IOException {
    bob.use(Policies.of(MutualTlsMode.PERMISSIVE, Policies.deny(Attribute.PATH, "/admin*")));
  }

  @AfterEach
  void stop() throws IOException {
    rig.close();
    app.close();
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(ISO_8859_1));
    client.getOutputStream().flush();
  }

  /** Reads what comes until the daemon ends the connection. */
  private static String rest(Socket client) throws IOException {
    try {
      return new String(client.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (SocketException reset) {
      return "";
    }
  }

  @Test
  void aStrictPortWaitsNotLongForAClientHello() throws Exception {
    bob.use(Policies.mode(MutualTlsMode.STRICT));
    try (Socket silent = rig.connect();
        Socket half = rig.connect()) {
      half.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1});
      assertThat(rest(silent)).isEmpty();
      assertThat(rest(half)).isEmpty();
    }
    assertThat(rig.server.counts().of(Event.PLAINTEXT_REFUSED)).isEqualTo(2);
  }

  @Test
  void aHeadThatDoesNotEndEndsItsConnection() throws Exception {
    try (Socket client = rig.connect()) {
      say(client, "GET / HTTP/1.1\r\nHost: bob\r\nX-Slow: ");
      assertThat(rest(client)).isEmpty();
    }
  }

  @Test
  void aClientThatAsksNothingMoreIsLetGo() throws Exception {
    Thread.ofVirtual().start(this::answerOnce);
    try (Socket client = rig.connect()) {
      say(client, "GET / HTTP/1.1\r\nHost: bob\r\n\r\n");
      assertThat(rest(client)).startsWith("HTTP/1.1 200");
    }
    try (Socket client = rig.connect()) {
      Http2Frames frames = new Http2Frames(client);
      assertThat(frames.goAway()).isZero();
    }
  }

  @Test
  void aBodyThatDribblesIsTheAppsToEnd() throws Exception {
    try (Socket client = rig.connect()) {
      say(client, "POST / HTTP/1.1\r\nHost: bob\r\nContent-Length: 10\r\n\r\n1");
      try (Socket accepted = app.accept()) {
        accepted.setSoTimeout(LONGER_MILLIS);
        byte[] seen = accepted.getInputStream().readNBytes(40);
        assertThat(new String(seen, ISO_8859_1)).startsWith("POST / HTTP/1.1");
        assertThatThrownBy(() -> accepted.getInputStream().readNBytes(1_000))
            .isInstanceOf(SocketTimeoutException.class);
      }
      assertThat(rest(client)).isEmpty();
    }
  }

  private void answerOnce() {
    try (Socket accepted = app.accept()) {
      accepted.getInputStream().read();
      say(accepted, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      accepted.getInputStream().readAllBytes();
    } catch (IOException e) {
      // the daemon has closed
    }
  }
}
