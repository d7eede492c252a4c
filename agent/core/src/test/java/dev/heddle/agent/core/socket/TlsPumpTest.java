package dev.heddle.agent.core.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;

/** Two engines back to back, and nothing between them but bytes. */
final class TlsPumpTest {

  private static final String ALICE = "spiffe://cluster.local/ns/default/sa/alice";
  private static final String BOB = "spiffe://cluster.local/ns/default/sa/bob";
  private static final InetSocketAddress REMOTE =
      InetSocketAddress.createUnresolved("10.0.0.1", 80);

  private final BufferPool pool = new BufferPool();
  private final TestCa ca = new TestCa();
  private final TestCa.Identity alice = ca.identity(ALICE);
  private final TestCa.Identity bob = ca.identity(BOB);
  private final OutboundTls toBob =
      OutboundTls.of(Collections.singleton(BOB), "bob.default.svc.cluster.local");

  private TlsPump client;
  private TlsPump server;

  TlsPumpTest() throws SSLException {
    connect(new MeshTls(alice), new MeshTls(bob));
  }

  @Test
  void bothEndsKnowWhoTheOtherIs() throws SSLException {
    handshake();
    assertThat(new MeshTls(alice).peer(client.session(), toBob.identities()).uri()).isEqualTo(BOB);
    assertThat(new MeshTls(bob).peer(server.session(), Collections.emptySet()).uri())
        .isEqualTo(ALICE);
    assertThat(client.session().getProtocol()).isEqualTo("TLSv1.3");
  }

  @Test
  void aPeerThatIsNotExpectedIsRefused() throws SSLException {
    handshake();
    assertThatThrownBy(
            () -> new MeshTls(alice).peer(client.session(), Collections.singleton(ALICE)))
        .isInstanceOf(SSLPeerUnverifiedException.class)
        .hasMessageContaining(BOB)
        .hasMessageContaining(ALICE);
  }

  @Test
  void bytesComeAsTheyWereSentWhateverTheirNumber() throws SSLException {
    handshake();
    byte[] sent = new byte[1_000_000];
    new Random(1).nextBytes(sent);
    ByteBuffer received = ByteBuffer.allocate(sent.length);
    ByteBuffer[] app = {ByteBuffer.wrap(sent)};
    Random sizes = new Random(2);
    while (received.hasRemaining()) {
      if (app[0].hasRemaining()) {
        client.wrap(app, 0, 1);
      }
      move(client, server);
      int room = Math.min(received.remaining(), 1 + sizes.nextInt(40_000));
      ByteBuffer part = received.slice();
      part.limit(room);
      int count = server.unwrap(part);
      received.position(received.position() + Math.max(0, count));
    }
    assertThat(received.array()).isEqualTo(sent);
  }

  @Test
  void aServerThatHasNothingToSaySendsNoTicket() throws SSLException {
    handshake();
    assertThat(server.buffers().hasOutgoing()).isTrue(); // kept until there is an answer
    say(client, "one way");
    move(client, server);
    assertThat(hear(server)).isEqualTo("one way");
  }

  @Test
  void goodbyesAreOneWay() throws SSLException {
    handshake();
    client.closeOutbound();
    move(client, server);
    assertThat(server.unwrap(ByteBuffer.allocate(10))).isEqualTo(-1);
    say(server, "answer after the goodbye");
    move(server, client);
    assertThat(hear(client)).isEqualTo("answer after the goodbye");
    server.closeOutbound();
    move(server, client);
    assertThat(client.unwrap(ByteBuffer.allocate(10))).isEqualTo(-1);
  }

  @Test
  void aSecondConnectionResumesTheSessionAndStillKnowsThePeer() throws SSLException {
    MeshTls alices = new MeshTls(alice);
    MeshTls bobs = new MeshTls(bob);
    connect(alices, bobs);
    handshake();
    say(server, "hello");
    move(server, client);
    assertThat(hear(client)).isEqualTo("hello");
    long first = client.session().getCreationTime();
    connect(alices, bobs);
    int full = bytesOfHandshake(new MeshTls(alice), new MeshTls(bob));
    int resumed = bytesOfHandshake(alices, bobs);
    assertThat(resumed).isLessThan(full * 3 / 4); // no certificates, but a ticket
    assertThat(client.session().getCreationTime()).isGreaterThanOrEqualTo(first);
    assertThat(alices.peer(client.session(), toBob.identities()).uri()).isEqualTo(BOB);
    assertThat(bobs.peer(server.session(), Collections.emptySet()).uri()).isEqualTo(ALICE);
  }

  @Test
  void aNewCertificateIsUsedByTheNextConnectionAndNothingIsResumed() throws SSLException {
    MeshTls alices = new MeshTls(alice);
    MeshTls bobs = new MeshTls(bob);
    connect(alices, bobs);
    handshake();
    say(server, "hello");
    move(server, client);
    hear(client);
    bob.certificate = ca.identity(BOB).certificate();
    int after = bytesOfHandshake(alices, bobs);
    int full = bytesOfHandshake(new MeshTls(alice), new MeshTls(bob));
    assertThat(after).isGreaterThan(full * 3 / 4);
  }

  @Test
  void aPeerOfAForeignRootIsRefused() throws SSLException {
    connect(new MeshTls(alice), new MeshTls(new TestCa().identity(BOB)));
    assertThatThrownBy(this::handshake).isInstanceOf(SSLException.class);
  }

  @Test
  void aClientOfAForeignRootIsRefused() throws SSLException {
    TestCa.Identity stranger = new TestCa().identity(ALICE);
    stranger.trust = alice.trust();
    connect(new MeshTls(stranger), new MeshTls(bob));
    assertThatThrownBy(this::handshake)
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("root of trust domain cluster.local");
  }

  @Test
  void aPeerOfAnotherTrustDomainOrWithoutIdentityIsRefused() throws SSLException {
    for (String uri :
        Arrays.asList("spiffe://other.domain/ns/default/sa/bob", "spiffe://cluster.local/bob")) {
      connect(new MeshTls(alice), new MeshTls(ca.identity(uri)));
      assertThatThrownBy(this::handshake).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void certificatesThatAreNotYetOrNoLongerValidAreRefused() throws SSLException {
    for (TestCa.Identity bad :
        Arrays.asList(
            ca.identity(BOB, Duration.ofMinutes(10), Duration.ofHours(1)),
            ca.identity(BOB, Duration.ZERO, Duration.ofSeconds(-5)))) {
      connect(new MeshTls(alice), new MeshTls(bad));
      assertThatThrownBy(this::handshake).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void withoutACertificateThereIsNoEngine() {
    MeshTls none = new MeshTls(new TestCa.Identity(null, alice.trust()));
    assertThatThrownBy(none::server)
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("has no certificate");
  }

  @Test
  void garbageIsRefused() throws SSLException {
    server
        .buffers()
        .incoming()
        .put("GET / HTTP/1.1\r\nHost: bob\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(server::handshake).isInstanceOf(SSLException.class);
  }

  @Test
  void anIdleConnectionHoldsNoBuffers() throws SSLException {
    handshake();
    say(server, "ticket and answer");
    move(server, client);
    assertThat(hear(client)).isEqualTo("ticket and answer");
    client.buffers().giveBackIncoming();
    server.buffers().giveBackOutgoing();
    assertThat(client.buffers().outgoing()).isNull();
    assertThat(server.buffers().outgoing()).isNull();
    assertThat(client.hasPending()).isFalse();
  }

  private void connect(MeshTls clients, MeshTls servers) throws SSLException {
    client = new TlsPump(clients.client(toBob, REMOTE), pool);
    server = new TlsPump(servers.server(), pool);
  }

  private int bytesOfHandshake(MeshTls clients, MeshTls servers) throws SSLException {
    connect(clients, servers);
    return handshake();
  }

  /** Returns the bytes that both sent. */
  private int handshake() throws SSLException {
    int bytes = 0;
    boolean clientDone = false;
    boolean serverDone = false;
    while (!clientDone || !serverDone) {
      clientDone = step(client);
      bytes += move(client, server);
      serverDone = step(server);
      bytes += serverDone ? 0 : move(server, client);
    }
    return bytes;
  }

  private static boolean step(TlsPump pump) throws SSLException {
    TlsPump.Need need = pump.handshake();
    while (need == TlsPump.Need.TASK) {
      pump.compute();
      need = pump.handshake();
    }
    return need == TlsPump.Need.NOTHING;
  }

  private static int move(TlsPump from, TlsPump to) {
    ByteBuffer out = from.buffers().outgoing();
    if (out == null) {
      return 0;
    }
    out.flip();
    ByteBuffer in = to.buffers().incomingWithRoom();
    int count = Math.min(out.remaining(), in.remaining());
    for (int i = 0; i < count; i++) {
      in.put(out.get());
    }
    out.compact();
    from.buffers().giveBackOutgoing();
    return count;
  }

  private static void say(TlsPump pump, String text) throws SSLException {
    ByteBuffer[] app = {ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))};
    while (app[0].hasRemaining()) {
      pump.wrap(app, 0, 1);
    }
  }

  private static String hear(TlsPump pump) throws SSLException {
    ByteBuffer app = ByteBuffer.allocate(1000);
    pump.unwrap(app);
    return new String(app.array(), 0, app.position(), StandardCharsets.UTF_8);
  }
}
