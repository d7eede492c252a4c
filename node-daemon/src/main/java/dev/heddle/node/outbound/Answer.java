package dev.heddle.node.outbound;

import dev.heddle.node.protocol.GrpcStatus;
import dev.heddle.node.protocol.HeaderEdits;
import dev.heddle.node.protocol.HopHeaders;
import dev.heddle.policy.retry.RetryDecision;
import dev.heddle.policy.route.HeaderChange;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer of an endpoint on its way to the client: a response, or the way out of HTTP. */
final class Answer {

  private static final int SWITCHING_PROTOCOLS = 101;

  private final Exchange exchange;
  private final HttpClient client;
  private final HttpRequest request;
  private @Nullable HttpResponse held;
  private @Nullable HttpResponse agreed;
  private boolean begun;
  private boolean broken;

  Answer(Exchange exchange, HttpClient client, HttpRequest request) {
    this.exchange = exchange;
    this.client = client;
    this.request = request;
  }

  /** Whether a request asks to leave HTTP. */
  static boolean isTunnelWanted(HttpRequest request) {
    return request.method().equals(HttpMethod.CONNECT) || HopHeaders.upgrades(request);
  }

  /** Whether the client was told of it, so that there can be no other. */
  boolean hasBegun() {
    return begun;
  }

  void informational(HttpResponse response) {
    client.informational(response);
  }

  /** The head of gRPC waits for what came with it: a server may say its status behind it. */
  void head(HttpResponse response) {
    int grpcStatus = GrpcStatus.of(response.headers());
    if (grpcStatus == RetryDecision.NO_GRPC_STATUS && GrpcStatus.isFollowing(response)) {
      held = response;
    } else {
      judge(response, grpcStatus);
    }
  }

  private void judge(HttpResponse response, int grpcStatus) {
    held = null;
    List<HeaderChange> changes = exchange.judged(response.status().code(), grpcStatus);
    if (changes != null) {
      begin(response, changes);
    }
  }

  private void begin(HttpResponse response, List<HeaderChange> changes) {
    begun = true;
    boolean switches = response.status().code() == SWITCHING_PROTOCOLS;
    if (switches && !HopHeaders.upgrades(request)) { // nobody asked
      broken = true;
      exchange.brokenOff();
      return;
    }
    HopHeaders.remove(response);
    HeaderEdits.apply(changes, response.headers());
    boolean connects =
        request.method().equals(HttpMethod.CONNECT)
            && response.status().codeClass() == HttpStatusClass.SUCCESS;
    if (switches || connects) {
      agreed = response;
    } else {
      client.head(response);
    }
    exchange.answering();
  }

  /** Its body goes on; takes the content over. */
  void body(HttpContent content) {
    HttpResponse head = held;
    if (head != null) {
      judge(head, grpcStatusOfNothingElse(content));
    }
    if (!begun || broken) { // it is asked for again, or lost
      content.release();
    } else if (agreed != null) {
      content.release();
      client.tunnel(agreed, exchange.detach());
    } else {
      pass(content);
    }
  }

  /** Of trailers that come with no message. */
  private static int grpcStatusOfNothingElse(HttpContent content) {
    return content instanceof LastHttpContent last && !content.content().isReadable()
        ? GrpcStatus.of(last.trailingHeaders())
        : RetryDecision.NO_GRPC_STATUS;
  }

  private void pass(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    if (last) {
      exchange.answered();
    }
    client.body(content);
    if (!last) {
      exchange.clientWritable();
    }
  }

  /** What came at once was told. */
  void flush() {
    HttpResponse head = held;
    if (head != null) {
      judge(head, RetryDecision.NO_GRPC_STATUS);
    }
    client.flush();
  }

  /** The attempt failed before its head was told. */
  void forget() {
    held = null;
  }
}
