package dev.heddle.node.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.policy.snapshot.ClusterState;
import java.io.IOException;
import java.net.SocketException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Bytes that are not HTTP, and hosts that the mesh does not know. */
final class TcpTest {

  @Test
  void aServerThatSpeaksFirstIsHeard() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.send("220 ready\r\n");
                  connection.send("you said " + connection.line() + "\r\n");
                });
        OutboundDaemon daemon = new OutboundDaemon(server.address());
        RawClient client = new RawClient(daemon.port())) {
      assertThat(client.line()).isEqualTo("220 ready");
      client.send("HELO x\r\n");
      assertThat(client.line()).isEqualTo("you said HELO x");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void bytesThatAreNoHttpPassUnread() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(connection -> connection.send("+" + connection.bytes(14)));
        OutboundDaemon daemon = new OutboundDaemon(server.address());
        RawClient client = new RawClient(daemon.port())) {
      client.send("*1\r\n$4\r\nPING\r\n");
      assertThat(client.rest()).isEqualTo("+*1\r\n$4\r\nPING\r\n");
    }
  }

  @Test
  void anInlineCommandThatLooksLikeARequestIsNone() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(connection -> connection.send("$" + connection.line()));
        OutboundDaemon daemon = new OutboundDaemon(server.address());
        RawClient client = new RawClient(daemon.port())) {
      client.send("GET /key\r\n");
      assertThat(client.rest()).isEqualTo("$GET /key");
    }
  }

  @Test
  void aPortThatDeclaresSomethingElseIsNotReadAsHttp() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(connection -> connection.send("$" + connection.line()));
        OutboundDaemon daemon = new OutboundDaemon(Routes.ADDRESS)) {
      daemon.workload.holds(Routes.opaqueBytes(Routes.orders().build(), server.port()));
      try (RawClient client = new RawClient(daemon.port())) {
        client.send("GET / HTTP/1.1\r\nhost: elsewhere\r\n\r\n");
        assertThat(client.rest()).isEqualTo("$GET / HTTP/1.1");
      }
    }
  }

  @Test
  void aRequestWaitsForWhatControlSaysOfItsAddress() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(connection -> connection.send("$" + connection.line()));
        OutboundDaemon daemon = new OutboundDaemon(Routes.ADDRESS)) {
      CompletableFuture<Void> answer = new CompletableFuture<>();
      daemon.workload.answer = answer;
      try (RawClient client = new RawClient(daemon.port())) {
        client.send("GET / HTTP/1.1\r\nhost: elsewhere\r\n\r\n");
        daemon.workload.holds(Routes.opaqueBytes(Routes.orders().build(), server.port()));
        answer.complete(null);
        assertThat(client.rest()).isEqualTo("$GET / HTTP/1.1");
      }
    }
  }

  @Test
  void aClientThatSaysNothingForLongIsStillUnderstood() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(200, "late");
        OutboundDaemon daemon = new OutboundDaemon(OutboundDaemon.loopback(80))) {
      daemon.workload.holds(Routes.mesh(Routes.toOrders().build(), server.port()));
      try (RawClient client = new RawClient(daemon.port())) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2 * Sniffer.WAIT_MILLIS));
        client.send("GET / HTTP/1.1\r\nHost: orders\r\n\r\n");
        assertThat(client.response()).endsWith("\nlate");
      }
    }
  }

  @Test
  void aRequestInSinglePiecesIsUnderstood() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(200, "ok");
        OutboundDaemon daemon = new OutboundDaemon(OutboundDaemon.loopback(80))) {
      daemon.workload.holds(Routes.mesh(Routes.toOrders().build(), server.port()));
      try (RawClient client = new RawClient(daemon.port())) {
        for (char c : "GET / HTTP/1.1\r\nHost: orders\r\n\r\n".toCharArray()) {
          client.send(String.valueOf(c));
        }
        assertThat(client.response()).endsWith("\nok");
      }
    }
  }

  @Test
  void theEndOfTheClientsHalfReachesTheServerAndItsAnswerTheClient() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  int length = connection.in.readAllBytes().length;
                  connection.send("got " + length);
                });
        OutboundDaemon daemon = new OutboundDaemon(server.address());
        RawClient client = new RawClient(daemon.port())) {
      client.send("\u0000" + "x".repeat(1 << 20));
      client.socket.shutdownOutput();
      assertThat(client.rest()).isEqualTo("got " + ((1 << 20) + 1));
    }
  }

  @Test
  void theEndOfTheServersHalfReachesTheClientAndItsBytesTheServer() throws Exception {
    CompletableFuture<Integer> got = new CompletableFuture<>();
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.bytes(1);
                  connection.socket.shutdownOutput();
                  got.complete(connection.in.readAllBytes().length);
                });
        OutboundDaemon daemon = new OutboundDaemon(server.address());
        RawClient client = new RawClient(daemon.port())) {
      client.send("\u0000");
      assertThat(client.rest()).isEmpty();
      client.send("x".repeat(1 << 20));
      client.socket.shutdownOutput();
      assertThat(got.get(5, TimeUnit.SECONDS)).isEqualTo(1 << 20);
    }
  }

  @Test
  void aResetStaysAReset() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.bytes(1);
                  connection.socket.setSoLinger(true, 0);
                });
        OutboundDaemon daemon = new OutboundDaemon(server.address());
        RawClient client = new RawClient(daemon.port())) {
      client.send("\u0000");
      assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aServerThatIsNotThereResets() throws IOException {
    int nobody;
    try (ScriptedServer gone = ScriptedServer.answering(200, "")) {
      nobody = gone.port();
    }
    try (OutboundDaemon daemon = new OutboundDaemon(OutboundDaemon.loopback(nobody));
        RawClient client = new RawClient(daemon.port())) {
      client.send("\u0000");
      assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void anEndpointThatIsNotThereIsNotTheLastOneTried() throws IOException {
    int nobody = 1; // a port that no test listens on
    try (ScriptedServer endpoint =
            new ScriptedServer(connection -> connection.send(connection.bytes(1)));
        OutboundDaemon daemon = new OutboundDaemon(Routes.ADDRESS)) {
      daemon.workload.holds(Routes.bytes(Routes.orders().build(), nobody, endpoint.port()));
      for (int i = 0; i < 6; i++) {
        try (RawClient client = new RawClient(daemon.port())) {
          client.send("*");
          assertThat(client.rest()).isEqualTo("*");
        }
      }
    }
  }

  @Test
  void bytesToTheAddressOfAServiceGoToItsEndpoint() throws IOException {
    try (ScriptedServer endpoint =
            new ScriptedServer(connection -> connection.send("+" + connection.bytes(14)));
        OutboundDaemon daemon = new OutboundDaemon(Routes.ADDRESS)) {
      daemon.workload.holds(Routes.bytes(Routes.orders().build(), endpoint.port()));
      try (RawClient client = new RawClient(daemon.port())) {
        client.send("*1\r\n$4\r\nPING\r\n");
        assertThat(client.rest()).isEqualTo("+*1\r\n$4\r\nPING\r\n");
      }
      ClusterState orders =
          Objects.requireNonNull(daemon.workload.router().clusters().get(Routes.ORDERS));
      Waits.until(() -> orders.limits().activeConnections() == 0);
    }
  }
}
