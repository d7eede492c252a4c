package dev.heddle.node.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.snapshot.ClusterState;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections, framing and bodies of HTTP/1.1, on both sides. */
@SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end in CR LF
final class HttpConnectionTest {

  private static final String GET = "GET / HTTP/1.1\r\nHost: orders\r\n\r\n";
  private static final int MEGABYTE = 1 << 20;

  private OutboundDaemon daemon;

  @BeforeEach
  void start() {
    daemon = new OutboundDaemon(OutboundDaemon.loopback(80));
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private RawClient to(ScriptedServer server) throws IOException {
    daemon.workload.holds(Routes.mesh(Routes.toOrders().build(), server.port()));
    return new RawClient(daemon.port());
  }

  @Test
  void manyRequestsOfManyClientsShareOneConnection() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(200, "ok")) {
      for (int clients = 0; clients < 3; clients++) {
        try (RawClient client = to(server)) {
          for (int i = 0; i < 5; i++) {
            client.send(GET);
            assertThat(client.response()).endsWith("\nok");
          }
        }
      }
      assertThat(server.connections.get()).isEqualTo(1);
      assertThat(server.heads).hasSize(15);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  String head = connection.head();
                  while (!head.isEmpty()) {
                    connection.answer(200, head.substring(5, 6));
                    head = connection.head();
                  }
                });
        RawClient client = to(server)) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 8; i++) {
        requests.append("GET /").append(i).append(" HTTP/1.1\r\nHost: orders\r\n\r\n");
      }
      client.send(requests.toString());
      for (int i = 0; i < 8; i++) {
        assertThat(client.response()).endsWith("\n" + i);
      }
    }
  }

  @Test
  void pipelinedRequestsThatTheMeshAnswersAreManyAtOnce() throws IOException {
    daemon.workload.holds(Routes.mesh(Routes.toOrders().build()));
    try (RawClient client = new RawClient(daemon.port())) {
      client.send(GET.repeat(1_500));
      for (int i = 0; i < 1_500; i++) {
        assertThat(client.response()).startsWith("HTTP/1.1 503");
      }
    }
  }

  @Test
  void aClientThatWantsNoMoreIsClosed() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(200, "ok");
        RawClient client = to(server)) {
      client.send("GET / HTTP/1.1\r\nHost: orders\r\nConnection: close\r\n\r\n");
      assertThat(client.rest()).contains("connection: close").endsWith("ok");
      assertThat(server.heads.get(0)).doesNotContainIgnoringCase("connection");
    }
  }

  @Test
  void anOldClientGetsABodyThatEndsWithItsConnection() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.head();
                  connection.send(
                      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n");
                  connection.in.readAllBytes();
                });
        RawClient client = to(server)) {
      client.send("GET / HTTP/1.0\r\nHost: orders\r\nConnection: keep-alive\r\n\r\n");
      assertThat(client.rest())
          .startsWith("HTTP/1.1 200")
          .doesNotContainIgnoringCase("transfer-encoding")
          .endsWith("\r\n\r\nbody");
    }
  }

  @Test
  void aServerThatClosesEndsABodyWithoutLength() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.head();
                  connection.send("HTTP/1.1 200 OK\r\n\r\nall of it");
                });
        RawClient client = to(server)) {
      client.send(GET);
      assertThat(client.head()).contains("transfer-encoding: chunked");
      assertThat(client.line()).isEqualTo("9");
      assertThat(client.line()).isEqualTo("all of it");
      assertThat(client.line()).isEqualTo("0");
    }
  }

  @Test
  void aBodyThatIsCutIsNotMadeWhole() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.head();
                  connection.send(
                      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n");
                });
        RawClient client = to(server)) {
      client.send(GET);
      assertThat(client.rest()).contains("half").doesNotContain("0\r\n\r\n");
    }
  }

  @Test
  void chunksAndTrailersPassBothWays() throws IOException {
    CompletableFuture<String> received = new CompletableFuture<>();
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.head();
                  received.complete(
                      connection.line()
                          + connection.line()
                          + connection.line()
                          + connection.line());
                  connection.send(
                      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntrailer: x-sum\r\n\r\n"
                          + "4\r\nbody\r\n0\r\nx-sum: 9\r\n\r\n");
                  connection.in.readAllBytes();
                });
        RawClient client = to(server)) {
      client.send(
          "POST / HTTP/1.1\r\nHost: orders\r\nTransfer-Encoding: chunked\r\nTrailer: x-check\r\n"
              + "TE: trailers\r\n\r\n3\r\nask\r\n0\r\nx-check: 7\r\n\r\n");
      assertThat(client.head()).contains("trailer: x-sum");
      assertThat(client.line()).isEqualTo("4");
      assertThat(client.line()).isEqualTo("body");
      assertThat(client.line()).isEqualTo("0");
      assertThat(client.line()).isEqualTo("x-sum: 9");
      assertThat(received.join()).isEqualTo("3ask0x-check: 7");
      assertThat(server.heads.get(0)).contains("te: trailers\n");
    }
  }

  @Test
  void aHeadHasNoBodyAndKeepsItsLength() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  while (!connection.head().isEmpty()) {
                    connection.send("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n");
                  }
                });
        RawClient client = to(server)) {
      for (int i = 0; i < 2; i++) {
        client.send("HEAD / HTTP/1.1\r\nHost: orders\r\n\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 200").contains("content-length: 100");
      }
      assertThat(server.connections.get()).isEqualTo(1);
    }
  }

  @Test
  void anAppThatWaitsForA100GetsItOfItsServer() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.head();
                  connection.send("HTTP/1.1 100 Continue\r\n\r\n");
                  connection.answer(200, connection.bytes(4));
                  connection.in.readAllBytes();
                });
        RawClient client = to(server)) {
      client.send(
          "POST / HTTP/1.1\r\nHost: orders\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 100");
      client.send("body");
      assertThat(client.response()).startsWith("HTTP/1.1 200").endsWith("\nbody");
    }
  }

  @Test
  void anAnswerInPlaceOfA100EndsTheConnectionThatMayStillSend() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.head();
                  connection.answer(417, "no");
                  connection.in.readAllBytes();
                });
        RawClient client = to(server)) {
      client.send(
          "POST / HTTP/1.1\r\nHost: orders\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
      assertThat(client.rest()).startsWith("HTTP/1.1 417").endsWith("\r\n\r\nno");
    }
  }

  @Test
  void aBodyInSingleBytesPasses() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.head();
                  connection.answer(200, connection.bytes(50));
                  connection.in.readAllBytes();
                });
        RawClient client = to(server)) {
      client.send("POST / HTTP/1.1\r\nHost: orders\r\nContent-Length: 50\r\n\r\n");
      for (int i = 0; i < 50; i++) {
        client.send("x");
      }
      assertThat(client.response()).endsWith("\n" + "x".repeat(50));
    }
  }

  @Test
  void aServerThatClosedAnIdleConnectionCostsNobodyAnAnswer() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.head();
                  connection.answer(200, "ok");
                  connection.head(); // and ends without an answer
                  closed.countDown();
                });
        RawClient client = to(server)) {
      client.send(GET);
      assertThat(client.response()).endsWith("\nok");
      client.send(GET);
      assertThat(client.response()).endsWith("\nok");
      assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
      assertThat(server.connections.get()).isEqualTo(2);
    }
  }

  @Test
  void aClientThatGoesEndsItsCall() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              connection.head();
              asked.countDown();
              connection.in.readAllBytes();
              ended.countDown();
            })) {
      try (RawClient client = to(server)) {
        client.send(GET);
        assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
      }
      assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
      ClusterState orders = daemon.workload.router().clusters().get(Routes.ORDERS);
      assertThat(Objects.requireNonNull(orders).limits().activeRequests()).isZero();
    }
  }

  @Test
  void aLongBodyPassesWhole() throws IOException {
    AtomicLong received = new AtomicLong();
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.head();
                  received.set(connection.bytes(8 * MEGABYTE).length());
                  connection.answer(200, "x".repeat(8 * MEGABYTE));
                  connection.in.readAllBytes();
                });
        RawClient client = to(server)) {
      client.send(
          "POST / HTTP/1.1\r\nHost: orders\r\nContent-Length: " + 8 * MEGABYTE + "\r\n\r\n");
      client.send("y".repeat(8 * MEGABYTE));
      assertThat(client.response()).hasSizeGreaterThan(8 * MEGABYTE);
      assertThat(received.get()).isEqualTo(8 * MEGABYTE);
    }
  }

  /** Far more than what the kernels of two hops hold. */
  private static final int TOO_MUCH = 64 * MEGABYTE;

  @Test
  void aSlowReaderSlowsItsServerDown() throws Exception {
    AtomicLong written = new AtomicLong();
    AtomicBoolean whole = new AtomicBoolean();
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.head();
                  connection.send("HTTP/1.1 200 OK\r\ncontent-length: " + TOO_MUCH + "\r\n\r\n");
                  String piece = "x".repeat(MEGABYTE);
                  while (written.get() < TOO_MUCH) {
                    connection.send(piece);
                    written.addAndGet(MEGABYTE);
                  }
                  whole.set(true);
                });
        RawClient client = to(server)) {
      client.send(GET);
      client.head();
      Waits.untilSteady(written::get);
      assertThat(whole).isFalse();
      assertThat(client.bytes(TOO_MUCH)).hasSize(TOO_MUCH);
    }
  }

  @Test
  void aSlowServerSlowsItsClientDown() throws Exception {
    AtomicLong written = new AtomicLong();
    AtomicLong taken = new AtomicLong();
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.head();
                  Waits.untilSteady(written::get);
                  taken.set(written.get());
                });
        RawClient client = to(server)) {
      client.send("POST / HTTP/1.1\r\nHost: orders\r\nContent-Length: " + TOO_MUCH + "\r\n\r\n");
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (written.get() < TOO_MUCH) {
                        client.send("y".repeat(MEGABYTE));
                        written.addAndGet(MEGABYTE);
                      }
                    } catch (IOException e) {
                      // the server gave up, and the client hears of it
                    }
                  });
      writer.join();
      assertThat(taken.get()).isPositive().isLessThan(TOO_MUCH);
    }
  }

  @Test
  void aSwitchOfProtocolsMakesATunnel() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.head();
                  connection.send(
                      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                          + "Upgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\nhello");
                  connection.send(connection.bytes(5));
                  connection.in.readAllBytes();
                  connection.send("bye");
                });
        RawClient client = to(server)) {
      client.send(
          "GET /chat HTTP/1.1\r\nHost: orders\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Key: x\r\n\r\n");
      assertThat(client.head())
          .startsWith("HTTP/1.1 101")
          .contains("upgrade: websocket", "sec-websocket-accept: x");
      assertThat(client.bytes(5)).isEqualTo("hello");
      client.send("world");
      assertThat(client.bytes(5)).isEqualTo("world");
      client.socket.shutdownOutput();
      assertThat(client.rest()).isEqualTo("bye");
      assertThat(server.heads.get(0)).containsIgnoringCase("upgrade: websocket");
    }
  }

  @Test
  void aSwitchThatIsRefusedIsAnAnswer() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(400, "no");
        RawClient client = to(server)) {
      client.send(
          "GET /chat HTTP/1.1\r\nHost: orders\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
      assertThat(client.response()).startsWith("HTTP/1.1 400").endsWith("\nno");
      client.send(GET);
      assertThat(client.response()).endsWith("\nno");
    }
  }

  @Test
  void aServerThatSwitchesUnaskedIsNotFollowed() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.head();
                  connection.send("HTTP/1.1 101 Surprise\r\nUpgrade: x\r\n\r\n");
                  connection.in.readAllBytes();
                });
        RawClient client = to(server)) {
      client.send(GET);
      assertThat(client.rest()).doesNotContain("Surprise");
    }
  }

  @Test
  void aConnectOpensATunnelToWhereTheAppConnected() throws IOException {
    try (ScriptedServer proxy =
        new ScriptedServer(
            connection -> {
              connection.head();
              connection.send("HTTP/1.1 200 Connected\r\n\r\n");
              connection.send(connection.bytes(4));
              connection.in.readAllBytes();
            })) {
      daemon.close();
      daemon = new OutboundDaemon(proxy.address());
      try (RawClient client = new RawClient(daemon.port())) {
        client.send("CONNECT far.example:443 HTTP/1.1\r\nHost: far.example:443\r\n\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 200");
        client.send("ping");
        assertThat(client.bytes(4)).isEqualTo("ping");
      }
      assertThat(proxy.heads.get(0)).startsWith("CONNECT far.example:443 HTTP/1.1\n");
    }
  }
}
