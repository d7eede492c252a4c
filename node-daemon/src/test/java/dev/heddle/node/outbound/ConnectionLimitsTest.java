package dev.heddle.node.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.limit.ConnectionPool;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.ClusterState;
import dev.heddle.policy.snapshot.Mesh;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a DestinationRule's connectionPool means to connections. */
@SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end in CR LF
final class ConnectionLimitsTest {

  private static final String GET = "GET / HTTP/1.1\r\nHost: orders\r\n\r\n";

  private OutboundDaemon daemon;

  @BeforeEach
  void start() {
    daemon = new OutboundDaemon(OutboundDaemon.loopback(80));
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private void holds(ConnectionPool.Builder pool, ScriptedServer server) {
    Cluster cluster = Routes.orders().connectionPool(pool.build()).build();
    daemon.workload.holds(Routes.mesh(Routes.toOrders().build(), cluster, server.port()));
  }

  @Test
  void requestsWaitForOneOfTheConnectionsThatMayBe() throws IOException {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              while (!connection.head().isEmpty()) {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                underWay.decrementAndGet();
                connection.answer(200, "ok");
              }
            })) {
      holds(ConnectionPool.builder().maxConnections(2), server);
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        clients.add(new RawClient(daemon.port()));
      }
      for (RawClient client : clients) {
        client.send(GET);
      }
      for (RawClient client : clients) {
        assertThat(client.response()).startsWith("HTTP/1.1 200");
        client.close();
      }
      assertThat(server.connections.get()).isLessThanOrEqualTo(2);
      assertThat(most.get()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void aClientThatGoesWhileItWaitsTakesNoConnection() throws IOException {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              while (!connection.head().isEmpty()) {
                await(mayAnswer);
                connection.answer(200, "ok");
              }
            })) {
      holds(ConnectionPool.builder().maxConnections(1), server);
      ClusterState orders =
          Objects.requireNonNull(daemon.workload.router().clusters().get(Routes.ORDERS));
      try (RawClient first = new RawClient(daemon.port())) {
        first.send(GET);
        Waits.until(() -> server.heads.size() == 1);
        try (RawClient second = new RawClient(daemon.port())) {
          second.send(GET);
          Waits.until(() -> orders.limits().activeRequests() == 2);
        }
        Waits.until(() -> orders.limits().activeRequests() == 1);
        mayAnswer.countDown();
        assertThat(first.response()).endsWith("ok");
        first.send(GET);
        assertThat(first.response()).endsWith("ok");
      }
      assertThat(server.heads).hasSize(2);
      assertThat(server.connections.get()).isEqualTo(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void moreCallsThanMayWaitAreRefused() throws IOException {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              while (!connection.head().isEmpty()) {
                await(mayAnswer);
                connection.answer(200, "ok");
              }
            })) {
      holds(ConnectionPool.builder().maxConnections(1).maxPendingRequests(1), server);
      try (RawClient first = new RawClient(daemon.port());
          RawClient second = new RawClient(daemon.port());
          RawClient third = new RawClient(daemon.port())) {
        first.send(GET);
        Waits.until(() -> server.heads.size() == 1);
        second.send(GET);
        Waits.until(() -> daemon.server.metrics().calls() == 2);
        third.send(GET);
        assertThat(third.response())
            .startsWith("HTTP/1.1 503")
            .contains("heddle-reason: upstream_overflow");
        mayAnswer.countDown();
        assertThat(first.response()).endsWith("ok");
        assertThat(second.response()).endsWith("ok");
      }
      assertThat(server.connections.get()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionCarriesAsManyRequestsAsItMay() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(200, "ok")) {
      holds(ConnectionPool.builder().maxRequestsPerConnection(2), server);
      try (RawClient client = new RawClient(daemon.port())) {
        for (int i = 0; i < 6; i++) {
          client.send(GET);
          assertThat(client.response()).endsWith("ok");
        }
      }
      assertThat(server.connections.get()).isEqualTo(3);
    }
  }

  @Test
  void aConnectionThatIsIdleForTooLongEnds() throws IOException {
    CountDownLatch ended = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              connection.head();
              connection.answer(200, "ok");
              connection.head();
              ended.countDown();
            })) {
      holds(ConnectionPool.builder().idleTimeoutNanos(TimeUnit.MILLISECONDS.toNanos(100)), server);
      try (RawClient client = new RawClient(daemon.port())) {
        client.send(GET);
        assertThat(client.response()).endsWith("ok");
        await(ended);
      }
    }
  }

  private static Mesh bytes(ConnectionPool.Builder pool, ScriptedServer to) {
    return Routes.bytes(Routes.orders().connectionPool(pool.build()).build(), to.port());
  }

  @Test
  void moreConnectionsOfBytesThanMayBeAreReset() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  String said = connection.bytes(1);
                  connection.in.readAllBytes();
                  connection.send(said);
                });
        OutboundDaemon here = new OutboundDaemon(Routes.ADDRESS)) {
      here.workload.holds(bytes(ConnectionPool.builder().maxConnections(1), server));
      try (RawClient first = new RawClient(here.port());
          RawClient second = new RawClient(here.port())) {
        first.send("\0");
        Waits.until(() -> server.connections.get() == 1);
        second.send("\0");
        assertThatThrownBy(second::rest).isInstanceOf(SocketException.class);
        first.socket.shutdownOutput();
        assertThat(first.rest()).isEqualTo("\0");
      }
      Waits.until(() -> speaks(here));
    }
  }

  /** The place of a connection that ended is another's. */
  private static boolean speaks(OutboundDaemon daemon) {
    try (RawClient next = new RawClient(daemon.port())) {
      next.send("\0");
      next.socket.shutdownOutput();
      return next.rest().equals("\0");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aConnectionOverWhichNoByteGoesEnds() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.send(connection.bytes(1));
                  connection.in.readAllBytes();
                });
        OutboundDaemon here = new OutboundDaemon(Routes.ADDRESS)) {
      here.workload.holds(
          bytes(
              ConnectionPool.builder().idleTimeoutNanos(TimeUnit.MILLISECONDS.toNanos(200)),
              server));
      try (RawClient client = new RawClient(here.port())) {
        client.send("\0");
        assertThat(client.rest()).isEqualTo("\0");
      }
    }
  }
}
