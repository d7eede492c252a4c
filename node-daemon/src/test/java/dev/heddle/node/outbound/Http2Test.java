package dev.heddle.node.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.policy.outlier.OutlierDetection;
import dev.heddle.policy.retry.RetryPolicy;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.snapshot.Cluster;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class Http2Test {

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int SETTINGS = 4;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int GOAWAY = 7;
  private static final int CONTINUATION = 9;

  private OutboundDaemon daemon;

  @BeforeEach
  void start() {
    daemon = new OutboundDaemon(OutboundDaemon.loopback(80));
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private void holds(HttpRoute.Builder route, Http2Peer server) {
    daemon.workload.holds(Routes.mesh(route.build(), server.port()));
  }

  private static FullHttpRequest post(String body) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/svc/Call", Unpooled.copiedBuffer(body, UTF_8));
    request.headers().set("host", "orders").set("te", "trailers");
    return request;
  }

  private static FullHttpResponse grpc(String body, String status) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.copiedBuffer(body, UTF_8));
    response.headers().set("content-type", "application/grpc");
    (body.isEmpty() ? response.headers() : response.trailingHeaders()).set("grpc-status", status);
    return response;
  }

  private static void echo(Channel stream, FullHttpRequest request) {
    stream.writeAndFlush(
        grpc(request.content().toString(UTF_8) + request.headers().get("te"), "0"));
  }

  @Test
  void aCallPassesWithItsTrailers() throws Exception {
    try (Http2Peer server = Http2Peer.server(Http2Test::echo)) {
      holds(Routes.toOrders(), server);
      try (Http2Peer client = Http2Peer.client(daemon.port())) {
        FullHttpResponse response = client.send(post("hello ")).get(5, TimeUnit.SECONDS);
        assertThat(response.content().toString(UTF_8)).isEqualTo("hello trailers");
        assertThat(response.trailingHeaders().get("grpc-status")).isEqualTo("0");
        response.release();
      }
    }
  }

  @Test
  void manyCallsAtOnceShareAConnection() throws Exception {
    try (Http2Peer server = Http2Peer.server(Http2Test::echo)) {
      holds(Routes.toOrders(), server);
      try (Http2Peer client = Http2Peer.client(daemon.port())) {
        List<CompletableFuture<FullHttpResponse>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          calls.add(client.send(post(i + " ")));
        }
        for (int i = 0; i < 100; i++) {
          FullHttpResponse response = calls.get(i).get(10, TimeUnit.SECONDS);
          assertThat(response.content().toString(UTF_8)).isEqualTo(i + " trailers");
          response.release();
        }
        assertThat(server.connections.get()).isEqualTo(1);
      }
    }
  }

  @Test
  void aLongBodyPassesWhole() throws Exception {
    String long1 = "x".repeat(4 << 20);
    try (Http2Peer server = Http2Peer.server(Http2Test::echo)) {
      holds(Routes.toOrders(), server);
      try (Http2Peer client = Http2Peer.client(daemon.port())) {
        FullHttpResponse response = client.send(post(long1)).get(20, TimeUnit.SECONDS);
        assertThat(response.content().readableBytes()).isEqualTo(long1.length() + 8);
        response.release();
      }
    }
  }

  @Test
  void aGrpcStatusIsRetried() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (Http2Peer server =
        Http2Peer.server(
            (stream, request) ->
                stream.writeAndFlush(
                    asked.incrementAndGet() < 3 ? grpc("", "14") : grpc("third", "0")))) {
      holds(Routes.toOrders(), server); // unavailable is retried where no rule says otherwise
      try (Http2Peer client = Http2Peer.client(daemon.port())) {
        FullHttpResponse response = client.send(post("x")).get(5, TimeUnit.SECONDS);
        assertThat(response.content().toString(UTF_8)).isEqualTo("third");
        response.release();
      }
    }
  }

  @Test
  void aGrpcStatusBehindAnEmptyAnswerIsRetriedToo() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (Http2Peer server =
        Http2Peer.server(
            (stream, request) ->
                stream.writeAndFlush(
                    asked.incrementAndGet() < 3 ? trailersOnly("14") : grpc("third", "0")))) {
      holds(Routes.toOrders(), server);
      try (Http2Peer client = Http2Peer.client(daemon.port())) {
        FullHttpResponse response = client.send(post("x")).get(5, TimeUnit.SECONDS);
        assertThat(response.content().toString(UTF_8)).isEqualTo("third");
        response.release();
      }
    }
  }

  @Test
  void aGrpcStatusBehindAnEmptyAnswerEjects() throws Exception {
    try (Http2Peer failing =
            Http2Peer.server((stream, request) -> stream.writeAndFlush(trailersOnly("13")));
        Http2Peer healthy = Http2Peer.server(Http2Test::echo)) {
      Cluster cluster =
          Routes.orders()
              .outlierDetection(
                  OutlierDetection.builder()
                      .consecutive5xx(3)
                      .baseEjectionNanos(TimeUnit.MINUTES.toNanos(1))
                      .maxEjectionPercent(50)
                      .build())
              .build();
      daemon.workload.holds(
          Routes.mesh(Routes.toOrders().build(), cluster, failing.port(), healthy.port()));
      try (Http2Peer client = Http2Peer.client(daemon.port())) {
        Waits.until(() -> tenCallsSucceed(client));
      }
    }
  }

  private static boolean tenCallsSucceed(Http2Peer client) {
    boolean all = true;
    for (int i = 0; i < 10; i++) {
      FullHttpResponse response = client.send(post("x")).orTimeout(5, TimeUnit.SECONDS).join();
      all = all && response.content().isReadable();
      response.release();
    }
    return all;
  }

  /** A head that promises an answer, and trailers that say there is none. */
  private static FullHttpResponse trailersOnly(String status) {
    FullHttpResponse response = grpc(" ", status);
    response.content().clear();
    return response;
  }

  @Test
  void aStreamThatIsRefusedIsRetried() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (Http2Peer server =
        Http2Peer.server(
            (stream, request) ->
                stream.writeAndFlush(
                    asked.incrementAndGet() < 2
                        ? new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM)
                        : grpc("second", "0")))) {
      holds(
          Routes.toOrders()
              .retry(
                  RetryPolicy.builder()
                      .attempts(1)
                      .retryOn(EnumSet.of(RetryPolicy.Condition.REFUSED_STREAM))
                      .build()),
          server);
      try (Http2Peer client = Http2Peer.client(daemon.port())) {
        FullHttpResponse response = client.send(post("x")).get(5, TimeUnit.SECONDS);
        assertThat(response.content().toString(UTF_8)).isEqualTo("second");
        response.release();
      }
    }
  }

  @Test
  void aStreamThatEndsWithoutAHeadIsAFailure() throws Exception {
    try (Http2Peer server =
        Http2Peer.server(
            (stream, request) -> {
              // below the codec, which would not let it pass
              stream
                  .pipeline()
                  .firstContext()
                  .writeAndFlush(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true));
            })) {
      holds(Routes.toOrders(), server);
      try (Http2Peer client = Http2Peer.client(daemon.port())) {
        FullHttpResponse response = client.send(post("x")).get(5, TimeUnit.SECONDS);
        assertThat(response.status().code()).isEqualTo(503);
        assertThat(response.headers().get("heddle-reason")).isEqualTo("upstream_reset");
        response.release();
      }
    }
  }

  @Test
  void theMeshAnswersByItself() throws Exception {
    daemon.workload.holds(Routes.mesh(Routes.toOrders().build()));
    try (Http2Peer client = Http2Peer.client(daemon.port())) {
      FullHttpResponse response = client.send(post("x")).get(5, TimeUnit.SECONDS);
      assertThat(response.status().code()).isEqualTo(503);
      assertThat(response.headers().get("heddle-reason")).isEqualTo("no_healthy_upstream");
      response.release();
    }
  }

  private static void frame(OutputStream out, int type, int flags, int stream, byte[] payload)
      throws IOException {
    out.write(
        new byte[] {
          (byte) (payload.length >> 16),
          (byte) (payload.length >> 8),
          (byte) payload.length,
          (byte) type,
          (byte) flags,
          (byte) (stream >> 24),
          (byte) (stream >> 16),
          (byte) (stream >> 8),
          (byte) stream
        });
    out.write(payload);
  }

  /** The error of the GOAWAY with which the daemon ends the connection, -1 if there is none. */
  private static int goAway(RawClient client) throws IOException {
    DataInputStream in = new DataInputStream(client.socket.getInputStream());
    int error = -1;
    try {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        in.readNBytes(5);
        byte[] payload = in.readNBytes(length);
        if (type == GOAWAY) {
          error = Math.max(error, payload[7]);
        }
      }
    } catch (EOFException | SocketException e) {
      return error;
    }
  }

  /** :method GET, :scheme http, :path /, :authority orders (HPACK, RFC 7541 appendix A). */
  private static final byte[] GET = {
    (byte) 0x82, (byte) 0x86, (byte) 0x84, 0x01, 6, 'o', 'r', 'd', 'e', 'r', 's'
  };

  @Test
  void rapidResetsEndTheConnection() throws IOException {
    daemon.workload.holds(Routes.mesh(Routes.toOrders().build()));
    try (RawClient client = new RawClient(daemon.port())) {
      client.send(PREFACE);
      OutputStream out = client.socket.getOutputStream();
      frame(out, SETTINGS, 0, 0, new byte[0]);
      try {
        for (int stream = 1; stream < 2_000; stream += 2) {
          frame(out, HEADERS, 0x4, stream, GET);
          frame(out, RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
        }
      } catch (SocketException e) {
        // the daemon had enough
      }
      assertThat(goAway(client)).isEqualTo((int) Http2Error.ENHANCE_YOUR_CALM.code());
    }
  }

  @Test
  void aFloodOfContinuationsEndsTheConnection() throws IOException {
    try (RawClient client = new RawClient(daemon.port())) {
      client.send(PREFACE);
      OutputStream out = client.socket.getOutputStream();
      frame(out, SETTINGS, 0, 0, new byte[0]);
      frame(out, HEADERS, 0, 1, GET);
      try {
        for (int i = 0; i < 1_000; i++) {
          frame(out, CONTINUATION, 0, 1, new byte[] {0x40, 1, 'a', 1, 'b'});
        }
      } catch (SocketException e) {
        // the daemon had enough
      }
      assertThat(goAway(client)).isEqualTo((int) Http2Error.ENHANCE_YOUR_CALM.code());
    }
  }
}
