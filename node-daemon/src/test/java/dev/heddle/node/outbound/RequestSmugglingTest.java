package dev.heddle.node.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two parsers may read in two ways is refused and never seen by a server. */
@SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end in CR LF
final class RequestSmugglingTest {

  private static final String POST = "POST / HTTP/1.1\r\nHost: orders\r\n";

  private ScriptedServer server;
  private OutboundDaemon daemon;

  @BeforeEach
  void start() throws IOException {
    server = ScriptedServer.answering(200, "reached");
    daemon = new OutboundDaemon(OutboundDaemon.loopback(80));
    daemon.workload.holds(Routes.mesh(Routes.toOrders().build(), server.port()));
  }

  @AfterEach
  void stop() throws IOException {
    daemon.close();
    server.close();
  }

  private void refused(String request) throws IOException {
    try (RawClient client = new RawClient(daemon.port())) {
      client.send(request);
      String answer = client.rest();
      assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("reached");
      assertThat(answer.split("HTTP/1.1 ", -1)).as("one answer, then the end").hasSize(2);
      assertThat(answer).contains("heddle-reason: bad_request").contains("connection: close");
    }
    assertThat(server.connections.get()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nGET",
        "Content-Length: 4\r\nContent-Length: 5\r\n\r\nbody",
        "Content-Length: 4\r\nContent-Length: 4\r\n\r\nbody",
        "Content-Length: 4, 4\r\n\r\nbody",
        "Content-Length: +4\r\n\r\nbody",
        "Content-Length: -4\r\n\r\nbody",
        "Content-Length: 0x4\r\n\r\nbody",
        "Content-Length: 4 \u000b\r\n\r\nbody",
        "Content-Length: \r\n\r\n",
        "Content-Length: 99999999999999999999\r\n\r\n",
        "Content_Length: 4\r\nContent-Length: 3\r\n\r\nbody",
        "Content-Length : 4\r\n\r\nbody",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: identity\r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer_Encoding: chunked\r\nContent-Length: 3\r\n\r\nbody",
        "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "X: 1\r\n\tfolded\r\n\r\n",
        "X: 1\r\n folded\r\n\r\n",
        "X: 1\nY: 2\r\n\r\n",
        "X: 1\r\n\n",
        "X: 1\rY: 2\r\n\r\n",
        "X: a\u0000b\r\n\r\n",
        "X\u0000: a\r\n\r\n",
        "X Y: a\r\n\r\n",
        ": a\r\n\r\n",
        "NoColon\r\n\r\n",
        "Host: other\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0x3\r\nask\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n+3\r\nask\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3\nask\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\nask\r\n0\r\n\r\n",
      })
  void ambiguousFramingIsRefused(String rest) throws IOException {
    if (rest.startsWith("Transfer-Encoding: chunked\r\n\r\n")) {
      refusedInItsBody(POST + rest);
    } else {
      refused(POST + rest);
    }
  }

  /** The head was right, so that its server may have seen it: but no whole request. */
  private void refusedInItsBody(String request) throws IOException {
    try (RawClient client = new RawClient(daemon.port())) {
      client.send(request);
      assertThat(client.rest()).startsWith("HTTP/1.1 400").doesNotContain("reached");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a:x\r\n\r\n",
        "GET / HTTP/1.7\r\nHost: orders\r\n\r\n",
        "GET http://a@orders/ HTTP/1.1\r\nHost: orders\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: orders\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\nHost: orders\n\n",
        "GET /a\u0001b HTTP/1.1\r\nHost: orders\r\n\r\n",
        "GET list HTTP/1.1\r\nHost: orders\r\n\r\n",
      })
  void requestsThatAreNoneAreRefused(String request) throws IOException {
    refused(request);
  }

  @Test
  void whatFollowsARefusedRequestIsNotRead() throws IOException {
    refused(
        POST
            + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            + "GET /smuggled HTTP/1.1\r\nHost: orders\r\n\r\n");
  }

  @Test
  void aLineThatIsTooLongIs414() throws IOException {
    refused("GET /" + "a".repeat(40_000) + " HTTP/1.1\r\nHost: orders\r\n\r\n");
  }

  @Test
  void headersThatAreTooLongAre431() throws IOException {
    StringBuilder headers = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      headers.append("X-").append(i).append(": ").append("a".repeat(4_000)).append("\r\n");
    }
    refused(POST + headers + "\r\n");
  }

  @Test
  void tooManyHeadersAre431() throws IOException {
    StringBuilder headers = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      headers.append("X-").append(i).append(": a\r\n");
    }
    refused(POST + headers + "\r\n");
  }

  @Test
  void aConnectionHeaderCannotTakeTheFramingAway() throws IOException {
    try (RawClient client = new RawClient(daemon.port())) {
      client.send(
          "GET / HTTP/1.1\r\nHost: orders\r\nX-User: a\r\n"
              + "Connection: x-user, host, content-length, close\r\n\r\n");
      assertThat(client.rest()).endsWith("reached");
    }
    assertThat(server.heads.get(0)).contains("Host: orders\n").doesNotContainIgnoringCase("x-user");
  }

  @Test
  void aResponseCannotBeginAnotherOne() throws IOException {
    server.close();
    server =
        new ScriptedServer(
            connection -> {
              connection.head();
              connection.send(
                  "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"
                      + "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nevil");
              connection.head();
            });
    daemon.workload.holds(Routes.mesh(Routes.toOrders().build(), server.port()));
    try (RawClient client = new RawClient(daemon.port())) {
      client.send("GET / HTTP/1.1\r\nHost: orders\r\n\r\n");
      assertThat(client.response()).endsWith("\nok");
      client.send("GET / HTTP/1.1\r\nHost: orders\r\n\r\n");
      assertThat(client.response()).endsWith("\nok");
    }
  }
}
