package dev.heddle.node.outbound;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.pod.Draining;
import dev.heddle.node.protocol.BadRequestException;
import dev.heddle.node.protocol.LocalReplies;
import dev.heddle.node.protocol.Parts;
import dev.heddle.node.protocol.RequestDecoder;
import dev.heddle.node.protocol.RequestRules;
import dev.heddle.node.protocol.ResponseEncoder;
import dev.heddle.node.upstream.Resets;
import dev.heddle.node.upstream.Target;
import dev.heddle.node.upstream.UpstreamStream;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A connection of HTTP/1.x that a pod opened: its requests one after the other. */
final class Http1Downstream extends ChannelInboundHandlerAdapter implements HttpClient {

  private static final String BAD_REQUEST = "bad_request";

  private final OutboundLoop loop;
  private final SocketChannel channel;
  private final CapturedConnection connection;
  private final RequestDecoder decoder = new RequestDecoder();
  private final ResponseEncoder encoder = new ResponseEncoder();
  private final ArrayDeque<Object> waiting = new ArrayDeque<>(0);
  private final ConnectionWatch watch;
  private final KeepAlive keepAlive = new KeepAlive();
  private @Nullable Exchange exchange;
  private HttpVersion version = HttpVersion.HTTP_1_1;
  private boolean wanted = true;
  private boolean toHead;
  private boolean taking;
  private boolean closing;

  Http1Downstream(OutboundLoop loop, SocketChannel channel, CapturedConnection connection) {
    this.loop = loop;
    this.channel = channel;
    this.connection = connection;
    this.watch = new ConnectionWatch(loop, channel, decoder::isInsideHead);
    channel.pipeline().addLast(decoder).addLast(encoder).addLast(this);
  }

  /** Serves what was read already, and reads on. */
  void begin() {
    // The end of a client's half cannot be told from a client that is gone; as in Envoy it is that.
    channel.config().setAllowHalfClosure(false);
    watch.begin();
    regulate();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    watch.progress();
    if (closing) {
      ReferenceCountUtil.release(message);
    } else if (waiting.isEmpty() && (exchange == null || message instanceof HttpContent)) {
      take(message);
    } else {
      waiting.add(message); // a pipelined request
      regulate();
    }
  }

  private void take(Object message) {
    if (message instanceof HttpRequest request) {
      take(request);
    }
    if (message instanceof HttpContent content) {
      if (closing) {
        content.release();
      } else {
        take(content);
      }
    }
    if (message instanceof BadRequestException refused) {
      refuse(refused);
    }
  }

  private void take(HttpRequest request) {
    keepAlive.began(request);
    version = request.protocolVersion();
    toHead = request.method().equals(HttpMethod.HEAD);
    encoder.answersHead(toHead);
    BadRequestException refused = RequestRules.check(request);
    if (refused != null) {
      refuse(refused);
      return;
    }
    Exchange begun = new Exchange(loop, this, connection, Target.Protocol.HTTP_1, request);
    exchange = begun;
    begun.begin();
  }

  private void take(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      content.release();
      cancelExchange();
      refuse(RequestRules.undecoded(content.decoderResult().cause()));
      return;
    }
    keepAlive.went(content);
    if (exchange != null) {
      exchange.content(content);
    } else {
      drop(content);
    }
  }

  /** What is left of a request that was answered before its end. */
  private void drop(HttpContent content) {
    boolean few = keepAlive.drops(content);
    content.release();
    if (!few) {
      close();
    }
  }

  private void refuse(BadRequestException refused) {
    loop.metrics().refusedRequest();
    keepAlive.end();
    FullHttpResponse reply =
        LocalReplies.of(refused.status(), BAD_REQUEST, String.valueOf(refused.getMessage()));
    reply.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    channel.writeAndFlush(reply);
    close();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (exchange != null) {
      exchange.flushRequest();
    }
  }

  @Override
  public void informational(HttpResponse response) {
    if (version.equals(HttpVersion.HTTP_1_1)) {
      channel.writeAndFlush(Parts.withoutBody(response));
    }
  }

  @Override
  public void head(HttpResponse response) {
    response.setProtocolVersion(HttpVersion.HTTP_1_1);
    if (!Framing.frame(response, version, toHead)) {
      keepAlive.end();
    }
    if (!keepAlive.isWanted()) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (version.equals(HttpVersion.HTTP_1_0)) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    channel.write(response);
  }

  @Override
  public void body(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    channel.write(content);
    watch.progress();
    if (last) {
      channel.flush();
      answered();
    }
  }

  @Override
  public void reply(FullHttpResponse response) {
    if (!keepAlive.goesOn()) {
      keepAlive.end();
    }
    head(response);
    channel.flush();
    answered();
  }

  private void answered() {
    exchange = null;
    wanted = true;
    if (!keepAlive.goesOn()) {
      close();
      return;
    }
    takeWaiting();
  }

  /** Not by recursion: the client says how many wait. */
  private void takeWaiting() {
    if (taking) {
      return;
    }
    taking = true;
    while (!closing && (exchange == null || waiting.peek() instanceof HttpContent)) {
      Object next = waiting.poll();
      if (next == null) {
        break;
      }
      take(next);
    }
    taking = false;
    if (exchange != null) {
      exchange.flushRequest();
    }
    regulate();
  }

  @Override
  public void flush() {
    channel.flush();
  }

  @Override
  public boolean isWritable() {
    return channel.isWritable();
  }

  @Override
  public void read(boolean more) {
    wanted = more;
    regulate();
  }

  private void regulate() {
    boolean read = closing || (wanted && waiting.isEmpty());
    if (channel.config().isAutoRead() != read && channel.isActive()) {
      channel.config().setAutoRead(read);
    }
  }

  @Override
  public void abort() {
    exchange = null;
    channel.flush();
    closing = true;
    channel.close();
  }

  @Override
  public void tunnel(HttpResponse agreed, UpstreamStream stream) {
    exchange = null;
    watch.end();
    channel.writeAndFlush(Parts.withoutBody(agreed));
    if (!waiting.isEmpty()) { // a request behind one that leaves HTTP: whose would its answer be
      stream.reset();
      close();
      return;
    }
    Channel upstream = stream.detach();
    channel.pipeline().remove(encoder);
    channel.pipeline().remove(this);
    Tunnel.join(channel, upstream, loop);
  }

  /** Answers what was written, lets the client read it, and ends. */
  private void close() {
    if (!closing) {
      closing = true;
      dropWaiting();
      LingeringClose.begin(channel);
    }
  }

  private void dropWaiting() {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }

  private void cancelExchange() {
    Exchange open = exchange;
    exchange = null;
    if (open != null) {
      open.cancel();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (exchange != null) {
      exchange.clientWritable();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Draining.SOFT) {
      keepAlive.drain();
      if (exchange == null && keepAlive.hasRequestEnded() && !decoder.isInsideHead()) {
        close();
      }
    } else if (event == Draining.NOW && exchange != null) {
      Resets.send(channel);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closing = true;
    watch.end();
    dropWaiting();
    cancelExchange();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof BadRequestException refused && !closing) {
      channelRead(context, refused);
    } else if (!closing) {
      cancelExchange();
      abort();
    }
  }
}
