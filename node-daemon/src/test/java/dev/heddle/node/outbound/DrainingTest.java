package dev.heddle.node.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.node.pod.Draining;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the connections of a pod do when the daemon is about to end, and when it does. */
@SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end in CR LF
final class DrainingTest {

  private static final String GET = "GET / HTTP/1.1\r\nHost: orders\r\n\r\n";

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private OutboundDaemon daemon;

  @BeforeEach
  void start() {
    daemon = new OutboundDaemon(OutboundDaemon.loopback(80));
  }

  @AfterEach
  void stop() {
    mayAnswer.countDown();
    daemon.close();
  }

  private RawClient to(ScriptedServer server) throws IOException {
    daemon.workload.holds(Routes.mesh(Routes.toOrders().build(), server.port()));
    return new RawClient(daemon.port());
  }

  private void answerWhenAllowed(ScriptedServer.Connection connection) throws IOException {
    connection.head();
    asked.countDown();
    await(mayAnswer);
    connection.answer(200, "late");
    connection.head();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anIdleConnectionEnds() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(200, "ok");
        RawClient client = to(server)) {
      client.send(GET);
      assertThat(client.response()).endsWith("ok");
      daemon.drain(Draining.SOFT);
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void theAnswerUnderWayIsTheLast() throws IOException {
    try (ScriptedServer server = new ScriptedServer(this::answerWhenAllowed);
        RawClient client = to(server)) {
      client.send(GET);
      await(asked);
      daemon.drain(Draining.SOFT);
      mayAnswer.countDown();
      assertThat(client.rest()).contains("connection: close").endsWith("late");
    }
  }

  @Test
  void aRequestThatBeganIsStillServed() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(200, "ok");
        RawClient client = to(server)) {
      client.send("GET / HTTP/1.1\r\nHo");
      Waits.until(() -> daemon.isAt("Http1Downstream"));
      daemon.drain(Draining.SOFT);
      client.send("st: orders\r\n\r\n");
      assertThat(client.rest()).contains("connection: close").endsWith("ok");
    }
  }

  @Test
  void aConnectionThatHasSaidNothingIsStillServed() throws IOException {
    try (ScriptedServer server = ScriptedServer.answering(200, "ok");
        RawClient client = to(server)) {
      Waits.until(() -> daemon.isAt("Sniffer"));
      daemon.drain(Draining.SOFT);
      client.send(GET);
      assertThat(client.rest()).contains("connection: close").endsWith("ok");
    }
  }

  @Test
  void streamsUnderWayEndBehindAGoaway() throws Exception {
    CompletableFuture<Runnable> answer = new CompletableFuture<>();
    try (Http2Peer server =
        Http2Peer.server(
            (stream, request) ->
                answer.complete(
                    () ->
                        stream.writeAndFlush(
                            new DefaultFullHttpResponse(
                                HttpVersion.HTTP_1_1,
                                HttpResponseStatus.OK,
                                Unpooled.copiedBuffer("late", UTF_8)))))) {
      daemon.workload.holds(Routes.mesh(Routes.toOrders().build(), server.port()));
      try (Http2Peer client = Http2Peer.client(daemon.port())) {
        FullHttpRequest request =
            new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        request.headers().set("host", "orders");
        CompletableFuture<FullHttpResponse> response = client.send(request);
        Runnable late = answer.get(10, TimeUnit.SECONDS);
        daemon.drain(Draining.SOFT);
        Waits.until(client::isToldToLeave);
        late.run();
        assertThat(response.get(10, TimeUnit.SECONDS).content().toString(UTF_8)).isEqualTo("late");
        assertThat(client.channel.closeFuture().await(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void bytesGoOnUntilTheTimeIsOverAndAreThenCut() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  while (true) {
                    connection.send(connection.bytes(1));
                  }
                });
        OutboundDaemon here = new OutboundDaemon(server.address());
        RawClient client = new RawClient(here.port())) {
      client.send("*");
      assertThat(client.bytes(1)).isEqualTo("*");
      here.drain(Draining.SOFT);
      client.send("+");
      assertThat(client.bytes(1)).isEqualTo("+");
      here.drain(Draining.NOW);
      assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void anAnswerHalfWayIsCutWhenTheTimeIsOver() throws IOException {
    try (ScriptedServer server =
            new ScriptedServer(
                connection -> {
                  connection.head();
                  connection.send("HTTP/1.1 200 OK\r\n\r\nhalf"); // it ends with its connection
                  await(mayAnswer);
                });
        RawClient client = to(server)) {
      client.send("GET / HTTP/1.0\r\nHost: orders\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 200");
      assertThat(client.bytes(4)).isEqualTo("half");
      daemon.drain(Draining.NOW);
      assertThatThrownBy(client::rest).isInstanceOf(SocketException.class);
    }
  }
}
