package dev.heddle.node.inbound;

import dev.heddle.node.protocol.HopHeaders;
import dev.heddle.node.protocol.ResponseEncoder;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Answers to one client of HTTP/1.x, one after the other, and whether another may follow: RFC 9112
 * 9.3.
 */
final class Http1Answers {

  private final SocketChannel channel;
  private final ResponseEncoder encoder = new ResponseEncoder();
  private boolean underWay;
  private boolean keepAlive = true;
  private boolean toHead;

  Http1Answers(SocketChannel channel) {
    this.channel = channel;
  }

  /** What stands in the client's pipeline for it. */
  ResponseEncoder encoder() {
    return encoder;
  }

  /** The answer to this request is the next. */
  void expect(HttpRequest request) {
    underWay = true;
    keepAlive = keepAlive && HopHeaders.keepsAlive(request);
    toHead = request.method().equals(HttpMethod.HEAD);
    encoder.answersHead(toHead);
  }

  /** Whether a request has no whole answer yet. */
  boolean areUnderWay() {
    return underWay;
  }

  /** No other answer follows the one under way. */
  void endHere() {
    keepAlive = false;
  }

  /** Whether the answer under way, or the one before, is the last. */
  boolean end() {
    return !keepAlive;
  }

  /** A 1xx, and a 101 or accepted CONNECT, which ends HTTP. */
  void interim(HttpResponse response) {
    channel.writeAndFlush(
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            response.status(),
            channel.alloc().buffer(0),
            response.headers(),
            EmptyHttpHeaders.INSTANCE));
  }

  /** The answer begins. */
  void head(HttpResponse response) {
    response.setProtocolVersion(HttpVersion.HTTP_1_1);
    keepAlive = Framing.endsWith(response, toHead) && keepAlive;
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    channel.write(response, channel.voidPromise());
  }

  /** It goes on. */
  void body(HttpContent content) {
    channel.write(content, channel.voidPromise());
  }

  /** It is whole. */
  void ended() {
    underWay = false;
  }

  /** An answer of the daemon. */
  void whole(FullHttpResponse response) {
    head(response);
    channel.flush();
    ended();
  }
}
