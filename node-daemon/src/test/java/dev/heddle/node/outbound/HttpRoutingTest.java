package dev.heddle.node.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.fault.Fault;
import dev.heddle.policy.retry.RetryPolicy;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.DirectResponse;
import dev.heddle.policy.route.HeaderChange;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.route.Mirror;
import dev.heddle.policy.route.Redirect;
import dev.heddle.policy.route.Rewrite;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.Mesh;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpRoutingTest {

  private static final String GET = "GET /list?x=1 HTTP/1.1\r\nHost: orders\r\n\r\n";

  private ScriptedServer original;
  private ScriptedServer one;
  private OutboundDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    original = ScriptedServer.answering(200, "original");
    one = ScriptedServer.answering(200, "one");
    // The service's port, as the app saw it; nothing listens on its address.
    daemon = new OutboundDaemon(OutboundDaemon.loopback(80));
  }

  @AfterEach
  void stop() throws IOException {
    daemon.close();
    original.close();
    one.close();
  }

  private String ask(String request) throws IOException {
    try (RawClient client = new RawClient(daemon.port())) {
      client.send(request);
      return client.response();
    }
  }

  @Test
  void aCallGoesToAnEndpointOfItsRoute() throws IOException {
    daemon.workload.holds(Routes.mesh(Routes.toOrders().build(), one.port()));
    assertThat(ask(GET)).startsWith("HTTP/1.1 200").endsWith("\none");
    assertThat(one.heads)
        .singleElement()
        .asString()
        .startsWith("GET /list?x=1 HTTP/1.1\nHost: orders\n");
  }

  @Test
  void theFirstCallWaitsForItsRoutesAndNoLonger() throws IOException {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    daemon.workload.answer = answer;
    try (RawClient client = new RawClient(daemon.port())) {
      client.send(GET);
      daemon.workload.holds(Routes.mesh(Routes.toOrders().build(), one.port()));
      answer.complete(null);
      assertThat(client.response()).endsWith("\none");
    }
  }

  @Test
  void anUnknownHostIsAskedForOnceAndPassedThrough() throws IOException {
    daemon.close();
    daemon = new OutboundDaemon(original.address());
    daemon.workload.answer = new CompletableFuture<>(); // control never answers
    long began = System.nanoTime();
    assertThat(ask(GET)).endsWith("\noriginal");
    assertThat(System.nanoTime() - began).isGreaterThan(HostQuestions.FIRST_CALL_WAIT_NANOS / 2);
    began = System.nanoTime();
    assertThat(ask(GET)).endsWith("\noriginal");
    assertThat(System.nanoTime() - began).isLessThan(HostQuestions.FIRST_CALL_WAIT_NANOS / 2);
  }

  @Test
  void headersPathAndHostAreRewritten() throws IOException {
    daemon.workload.holds(
        Routes.mesh(
            Routes.toOrders()
                .rewrite(Rewrite.of("/v2", "orders.internal", null, null))
                .requestHeaders(
                    HeaderChange.of(Map.of("x-set", "1"), Map.of("x-add", "2"), List.of("x-gone")))
                .responseHeaders(HeaderChange.of(Map.of("x-back", "3"), Map.of(), List.of()))
                .build(),
            one.port()));
    String response = ask("GET / HTTP/1.1\r\nHost: orders\r\nX-Gone: x\r\n\r\n");
    assertThat(response).contains("\nx-back: 3\n");
    assertThat(one.heads.get(0))
        .startsWith("GET /v2 HTTP/1.1\n")
        .contains("host: orders.internal\n", "x-set: 1\n", "x-add: 2\n")
        .doesNotContainIgnoringCase("x-gone");
  }

  @Test
  void aDirectResponseSaysWhoGaveIt() throws IOException {
    daemon.workload.holds(
        Routes.mesh(HttpRoute.builder().directResponse(DirectResponse.of(418, "teapot")).build()));
    assertThat(ask(GET))
        .startsWith("HTTP/1.1 418")
        .contains("heddle-reason: direct_response\n", "content-type: text/plain; charset=utf-8\n")
        .endsWith("\nteapot");
  }

  @Test
  void noEndpointIsA503() throws IOException {
    daemon.workload.holds(Routes.mesh(Routes.toOrders().build()));
    assertThat(ask(GET))
        .startsWith("HTTP/1.1 503")
        .contains("heddle-reason: no_healthy_upstream\n")
        .endsWith("no healthy endpoint of orders:80");
  }

  @Test
  void aFaultAborts() throws IOException {
    daemon.workload.holds(
        Routes.mesh(Routes.toOrders().fault(Fault.of(0, 0, 555, -1, 100)).build(), one.port()));
    assertThat(ask(GET)).startsWith("HTTP/1.1 555").contains("heddle-reason: fault_filter_abort\n");
    assertThat(one.connections.get()).isZero();
  }

  @Test
  void aFaultDelays() throws IOException {
    long delay = TimeUnit.MILLISECONDS.toNanos(300);
    daemon.workload.holds(
        Routes.mesh(Routes.toOrders().fault(Fault.of(delay, 100, 0, -1, 0)).build(), one.port()));
    long start = System.nanoTime();
    assertThat(ask(GET)).endsWith("\none");
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(delay);
  }

  @Test
  void aRedirectIsAnsweredByTheMesh() throws IOException {
    daemon.workload.holds(
        Routes.mesh(
            Routes.toOrders()
                .redirect(
                    Redirect.builder().authority("new.example").uri("/moved").code(308).build())
                .build(),
            one.port()));
    assertThat(ask("GET /old?x=1 HTTP/1.1\r\nHost: orders\r\n\r\n"))
        .startsWith("HTTP/1.1 308")
        .contains("location: http://new.example/moved");
    assertThat(one.connections.get()).isZero();
  }

  @Test
  void anAttemptThatTakesTooLongIsRetried() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (ScriptedServer slow =
        new ScriptedServer(
            connection -> {
              connection.head();
              if (asked.incrementAndGet() == 2) {
                connection.answer(200, "second");
              }
              connection.in.readAllBytes();
            })) {
      daemon.workload.holds(
          Routes.mesh(
              Routes.toOrders()
                  .retry(
                      on(RetryPolicy.Condition.SERVER_ERROR).toBuilder()
                          .perTryTimeoutNanos(TimeUnit.MILLISECONDS.toNanos(200))
                          .build())
                  .build(),
              slow.port()));
      assertThat(ask(GET)).startsWith("HTTP/1.1 200").endsWith("\nsecond");
      assertThat(asked.get()).isEqualTo(2);
    }
  }

  @Test
  void aTimeoutEndsACallWithoutAResponse() throws IOException {
    try (ScriptedServer silent = new ScriptedServer(connection -> connection.in.readAllBytes())) {
      daemon.workload.holds(
          Routes.mesh(
              Routes.toOrders().timeoutNanos(TimeUnit.MILLISECONDS.toNanos(100)).build(),
              silent.port()));
      assertThat(ask(GET))
          .startsWith("HTTP/1.1 504")
          .contains("heddle-reason: upstream_request_timeout\n");
    }
  }

  @Test
  void aTimeoutEndsAResponseThatDoesNotEnd() throws IOException {
    try (ScriptedServer slow =
        new ScriptedServer(
            connection -> {
              connection.head();
              connection.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf");
              connection.in.readAllBytes();
            })) {
      daemon.workload.holds(
          Routes.mesh(
              Routes.toOrders().timeoutNanos(TimeUnit.MILLISECONDS.toNanos(200)).build(),
              slow.port()));
      try (RawClient client = new RawClient(daemon.port())) {
        client.send(GET);
        assertThat(client.head()).startsWith("HTTP/1.1 200");
        assertThat(client.rest()).isEqualTo("half");
      }
    }
  }

  private static RetryPolicy on(RetryPolicy.Condition condition) {
    return RetryPolicy.builder()
        .attempts(2)
        .backoffNanos(1_000_000)
        .retryOn(EnumSet.of(condition))
        .build();
  }

  @Test
  void aFailedAnswerIsAskedForAgainWithItsBody() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    List<String> bodies = new CopyOnWriteArrayList<>();
    try (ScriptedServer flaky =
        new ScriptedServer(
            connection -> {
              while (!connection.head().isEmpty()) {
                bodies.add(connection.bytes(4));
                connection.answer(asked.incrementAndGet() < 3 ? 503 : 200, "done");
              }
            })) {
      daemon.workload.holds(
          Routes.mesh(
              Routes.toOrders().retry(on(RetryPolicy.Condition.SERVER_ERROR)).build(),
              flaky.port()));
      assertThat(ask("POST / HTTP/1.1\r\nHost: orders\r\nContent-Length: 4\r\n\r\nbody"))
          .startsWith("HTTP/1.1 200")
          .endsWith("\ndone");
      assertThat(bodies).containsExactly("body", "body", "body");
    }
  }

  @Test
  void aConnectionThatCannotBeMadeIsRetriedAndThenSaid() throws IOException {
    int nobody = 1; // a port that no test listens on; one that was just closed may still answer
    daemon.workload.holds(Routes.mesh(Routes.toOrders().build(), nobody));
    assertThat(ask(GET))
        .startsWith("HTTP/1.1 503")
        .contains("heddle-reason: upstream_connect_failure\n");
    assertThat(daemon.server.metrics().retries()).isEqualTo(2);
  }

  @Test
  void aCopyGoesToTheMirror() throws Exception {
    CompletableFuture<String> mirrored = new CompletableFuture<>();
    try (ScriptedServer mirror =
        new ScriptedServer(
            connection -> {
              String head = connection.head();
              mirrored.complete(head + connection.bytes(4));
              connection.answer(500, "nobody reads this");
            })) {
      Destination shadow = Destination.of("shadow", 80, "");
      daemon.workload.holds(
          Mesh.EMPTY
              .with(
                  HostRoutes.of(
                      "orders",
                      80,
                      List.of(Routes.toOrders().mirrors(List.of(Mirror.of(shadow, 100))).build()),
                      List.of(
                          Routes.orders().build(), Routes.orders().destination(shadow).build())))
              .with(Routes.endpoints("orders", one.port()))
              .with(Routes.endpoints("shadow", mirror.port())));
      assertThat(
              ask(
                  "POST / HTTP/1.1\r\nHost: orders\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
      assertThat(mirrored.get(5, TimeUnit.SECONDS)).contains("orders-shadow");
    }
  }
}
