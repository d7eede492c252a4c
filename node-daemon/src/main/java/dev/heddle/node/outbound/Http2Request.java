package dev.heddle.node.outbound;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.protocol.BadRequestException;
import dev.heddle.node.protocol.LocalReplies;
import dev.heddle.node.protocol.Parts;
import dev.heddle.node.protocol.RequestRules;
import dev.heddle.node.upstream.Connector;
import dev.heddle.node.upstream.Target;
import dev.heddle.node.upstream.UpstreamStream;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** One stream of a connection of HTTP/2: a request and its answer. */
final class Http2Request extends ChannelInboundHandlerAdapter implements HttpClient {

  private static final String BAD_REQUEST = "bad_request";
  private static final int NOT_IMPLEMENTED = 501;

  private final OutboundLoop loop;
  private final Channel stream;
  private final CapturedConnection connection;
  private final Runnable progress;
  private @Nullable Exchange exchange;
  private boolean requestEnded;

  Http2Request(
      OutboundLoop loop, Channel stream, CapturedConnection connection, Runnable progress) {
    this.loop = loop;
    this.stream = stream;
    this.connection = connection;
    this.progress = progress;
    stream.config().setWriteBufferWaterMark(Connector.WATERMARKS);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    progress.run();
    requestEnded = message instanceof LastHttpContent;
    if (message instanceof HttpRequest request) {
      take(Parts.head(request));
    }
    if (message instanceof FullHttpMessage whole) {
      take(Parts.end(whole));
    } else if (message instanceof HttpContent content) {
      take(content);
    } else if (!(message instanceof HttpRequest)) {
      ReferenceCountUtil.release(message);
    }
  }

  private void take(HttpRequest request) {
    BadRequestException refused = RequestRules.check(request);
    if (refused != null) {
      refuse(refused.status(), String.valueOf(refused.getMessage()));
    } else if (request.method().equals(HttpMethod.CONNECT)) {
      refuse(NOT_IMPLEMENTED, "CONNECT over HTTP/2 (expected: over HTTP/1.1)");
    } else {
      Exchange begun = new Exchange(loop, this, connection, Target.Protocol.HTTP_2, request);
      exchange = begun;
      begun.begin();
    }
  }

  private void take(HttpContent content) {
    if (exchange != null) {
      exchange.content(content);
    } else {
      content.release();
    }
  }

  private void refuse(int status, String what) {
    loop.metrics().refusedRequest();
    reply(LocalReplies.of(status, BAD_REQUEST, what));
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (exchange != null) {
      exchange.flushRequest();
    }
  }

  @Override
  public void informational(HttpResponse response) {
    stream.writeAndFlush(Parts.withoutBody(response));
  }

  @Override
  public void head(HttpResponse response) {
    stream.write(response);
  }

  @Override
  public void body(HttpContent content) {
    progress.run();
    if (content instanceof LastHttpContent) {
      answer(content);
    } else {
      stream.write(content);
    }
  }

  @Override
  public void reply(FullHttpResponse response) {
    answer(response);
  }

  /** A stream whose request goes on behind its answer is reset: RFC 9113 8.1. */
  private void answer(Object last) {
    exchange = null;
    var written = stream.writeAndFlush(last);
    if (!requestEnded) {
      written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void flush() {
    stream.flush();
  }

  @Override
  public boolean isWritable() {
    return stream.isWritable();
  }

  @Override
  public void read(boolean wanted) {
    if (stream.config().isAutoRead() != wanted && stream.isActive()) {
      stream.config().setAutoRead(wanted);
    }
  }

  @Override
  public void abort() {
    exchange = null;
    stream.close();
  }

  @Override
  public void tunnel(HttpResponse agreed, UpstreamStream upstream) {
    upstream.reset();
    abort();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (exchange != null) {
      exchange.clientWritable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Exchange open = exchange;
    exchange = null;
    if (open != null) {
      open.cancel();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    stream.close();
  }
}
