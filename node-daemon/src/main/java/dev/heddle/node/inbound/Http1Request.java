package dev.heddle.node.inbound;

import dev.heddle.node.protocol.RequestTarget;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/**
 * The request under way of one client of HTTP/1.x: judged by its head. What follows the head goes
 * to the app, or nowhere where the request was refused.
 */
final class Http1Request {

  /** Bytes of a refused request that are read and dropped, to keep its connection. */
  private static final int MAX_DROPPED_BYTES = 256 * 1024;

  private final Judge judge;
  private final ClientCertificate certificate;
  private final Http1Answers answers;
  private boolean underWay;
  private boolean refused;
  private boolean mayLeaveHttp;
  private int droppedBytes;
  private long count;

  Http1Request(Judge judge, ClientCertificate certificate, Http1Answers answers) {
    this.judge = judge;
    this.certificate = certificate;
    this.answers = answers;
  }

  /** Begins the next; why it is refused, or null where it is as its app is to see it. */
  @Nullable FullHttpResponse begin(HttpRequest request) {
    underWay = true;
    count++;
    refused = false;
    answers.expect(request);
    RequestTarget target = RequestTarget.of(request);
    Refusal refusal = judge.judge(request, target);
    if (refusal != null) {
      refuse();
      if (HttpUtil.is100ContinueExpected(request)) {
        answers.endHere(); // it may send no body
      }
      return refusal.response(request, target);
    }
    AppRequest.prepare(request, target, certificate);
    mayLeaveHttp = AppRequest.mayLeaveHttp(request);
    if (answers.end() && !request.headers().contains(HttpHeaderNames.CONNECTION)) {
      request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    return null;
  }

  /** The app is to see no more of it. */
  void refuse() {
    refused = true;
    droppedBytes = 0;
  }

  /** Nothing more of it comes. */
  void end() {
    underWay = false;
  }

  /** Whether the next content of it is for the app; what is not is dropped. */
  boolean goesOn(HttpContent content) {
    underWay = !(content instanceof LastHttpContent);
    if (!refused) {
      return true;
    }
    droppedBytes += content.content().readableBytes();
    content.release();
    if (droppedBytes > MAX_DROPPED_BYTES) {
      answers.endHere();
    }
    return false;
  }

  /** Whether more of it is to come. */
  boolean isUnderWay() {
    return underWay;
  }

  /** Whether more of it is to come that the app waits for. */
  boolean isOwedToApp() {
    return underWay && !refused;
  }

  /** How many there were. */
  long count() {
    return count;
  }

  boolean isRefused() {
    return refused;
  }

  /** Whether its answer may end HTTP on this connection: it is whole, and asked for that. */
  boolean mayLeaveHttp() {
    return mayLeaveHttp && !underWay;
  }
}
