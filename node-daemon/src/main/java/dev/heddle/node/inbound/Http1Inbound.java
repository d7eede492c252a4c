package dev.heddle.node.inbound;

import dev.heddle.node.inbound.InboundCounts.Event;
import dev.heddle.node.pod.Draining;
import dev.heddle.node.protocol.BadRequestException;
import dev.heddle.node.protocol.HopHeaders;
import dev.heddle.node.protocol.LocalReplies;
import dev.heddle.node.protocol.RequestDecoder;
import dev.heddle.node.protocol.RequestRules;
import dev.heddle.node.protocol.RequestTarget;
import dev.heddle.node.protocol.ResponseEncoder;
import dev.heddle.node.upstream.Relay;
import dev.heddle.node.upstream.Resets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection of HTTP/1.x whose requests are judged, one after the other. It has one
 * connection to the app, which lives as long as it does, so that each end sees the other close.
 */
final class Http1Inbound extends ChannelInboundHandlerAdapter {

  /** Bytes of a refused request that are read and dropped. */
  private static final int MAX_DROPPED_BYTES = 256 * 1024;

  private final InboundServer server;
  private final SocketChannel channel;
  private final InboundConnection connection;
  private final RequestJudge judge;
  private final ClientCertificate certificate;
  private final RequestDecoder decoder = new RequestDecoder();
  private final ResponseEncoder encoder = new ResponseEncoder();
  private final ArrayDeque<HttpObject> waiting = new ArrayDeque<>(1);
  private @Nullable AppConnection app;
  private boolean dialing;
  private boolean asking;
  private boolean refused;
  private boolean answering;
  private boolean keepAlive = true;
  private boolean toHead;
  private boolean closing;
  private int droppedBytes;

  Http1Inbound(
      InboundServer server,
      SocketChannel channel,
      InboundConnection connection,
      ClientCertificate certificate) {
    this.server = server;
    this.channel = channel;
    this.connection = connection;
    this.certificate = certificate;
    this.judge = new RequestJudge(server, connection);
  }

  /** Takes the connection over. */
  void begin() {
    channel.pipeline().addLast(decoder, encoder, this);
    HeadWatch.begin(channel, decoder::isInsideHead, server.nanoTime());
    regulate();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (closing || !(message instanceof HttpObject part)) {
      ReferenceCountUtil.release(message);
      return;
    }
    waiting.add(part);
    advance();
  }

  /** Takes what waits, as long as its turn has come. */
  private void advance() {
    while (!closing && !dialing && !waiting.isEmpty()) {
      HttpObject next = waiting.peek();
      if (next instanceof HttpRequest request) {
        if (answering || asking) {
          break; // a pipelined one
        }
        waiting.poll();
        take(request);
      } else {
        waiting.poll();
        take((HttpContent) next);
      }
    }
    if (app != null) {
      app.flush();
    }
    regulate();
  }

  private void take(HttpRequest request) {
    BadRequestException malformed = RequestRules.check(request);
    if (malformed != null) {
      refuse(malformed);
      return;
    }
    asking = true;
    refused = false;
    answering = true;
    keepAlive = keepAlive && HopHeaders.keepsAlive(request);
    toHead = request.method().equals(HttpMethod.HEAD);
    encoder.answersHead(toHead);
    RequestTarget target = RequestTarget.of(request);
    Refusal refusal = judge.judge(request, target);
    if (refusal != null) {
      refused = true;
      droppedBytes = 0;
      keepAlive = keepAlive && !HttpUtil.is100ContinueExpected(request); // it may send no body
      reply(refusal.response(target.authority()));
      return;
    }
    prepare(request, target);
    pass(request);
  }

  /** As the app is to see it: one authority, nothing of this hop, and who calls. */
  private void prepare(HttpRequest request, RequestTarget target) {
    if (!request.method().equals(HttpMethod.CONNECT)) {
      request.setUri(target.path());
    }
    if (!target.authority().isEmpty()) {
      request.headers().set(HttpHeaderNames.HOST, target.authority());
    }
    HopHeaders.remove(request);
    if (!keepAlive && !request.headers().contains(HttpHeaderNames.CONNECTION)) {
      request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    certificate.put(request.headers());
  }

  private void take(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      content.release();
      if (answering && !refused) {
        cut(); // half of it is with the app already
      } else {
        refuse(RequestRules.undecoded(content.decoderResult().cause()));
      }
      return;
    }
    if (content instanceof LastHttpContent) {
      asking = false;
    }
    if (refused) {
      drop(content);
    } else {
      pass(content);
    }
    endOfExchange();
  }

  /** The rest of a request that was refused, to keep its connection. */
  private void drop(HttpContent content) {
    droppedBytes += content.content().readableBytes();
    content.release();
    keepAlive = keepAlive && droppedBytes <= MAX_DROPPED_BYTES;
  }

  private void pass(HttpObject part) {
    AppConnection open = app;
    if (open == null) {
      waiting.addFirst(part);
      dial();
    } else {
      open.write(part);
    }
  }

  private void dial() {
    dialing = true;
    ChannelFuture connecting = AppDialer.dial(channel.eventLoop(), connection.captured());
    connecting.addListener(
        done -> {
          dialing = false;
          if (!channel.isActive()) {
            connecting.channel().close();
          } else if (done.isSuccess()) {
            connecting.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
            AppConnection opened = new AppConnection(connecting.channel(), this);
            app = opened;
            HttpObject first = waiting.poll();
            if (first != null) {
              opened.write(first);
            }
            advance();
          } else {
            server.counts().count(Event.APP_UNREACHABLE);
            keepAlive = false;
            ReferenceCountUtil.release(waiting.poll());
            refused = true;
            reply(Refusal.UNREACHABLE.response(""));
            advance();
          }
        });
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (app != null) {
      app.flush();
    }
  }

  /** A 1xx of the app. */
  void informational(HttpResponse response) {
    channel.writeAndFlush(whole(response));
  }

  /** The answer of the app begins. */
  void head(HttpResponse response, boolean appKeepsAlive) {
    keepAlive = keepAlive && appKeepsAlive;
    HopHeaders.remove(response);
    write(response);
  }

  private void write(HttpResponse response) {
    response.setProtocolVersion(HttpVersion.HTTP_1_1);
    keepAlive = Framing.endsWith(response, toHead) && keepAlive;
    if (!keepAlive) {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    channel.write(response, channel.voidPromise());
  }

  /** It goes on. */
  void body(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    channel.write(content, channel.voidPromise());
    if (last) {
      answering = false;
      endOfExchange();
      advance();
    }
    if (app != null) {
      app.read(channel.isWritable());
    }
  }

  void flush() {
    channel.flush();
  }

  private void reply(FullHttpResponse response) {
    write(response);
    channel.flush();
    answering = false;
    endOfExchange();
  }

  private void endOfExchange() {
    if (!answering && !keepAlive) {
      close();
    }
  }

  private void refuse(BadRequestException malformed) {
    server.counts().count(Event.REQUEST_MALFORMED);
    keepAlive = false;
    asking = false;
    FullHttpResponse response =
        LocalReplies.of(malformed.status(), "bad_request", String.valueOf(malformed.getMessage()));
    reply(response);
  }

  /** Another protocol is spoken from here on. */
  void switched(HttpResponse agreed) {
    AppConnection open = app;
    if (open == null || asking || !waiting.isEmpty()) {
      cut();
      return;
    }
    channel.writeAndFlush(whole(agreed));
    app = null;
    channel.pipeline().remove(this);
    channel.pipeline().remove(encoder);
    Channel upstream = open.channel();
    upstream.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    Relay.join(channel, upstream, server.nanoTime());
    channel.pipeline().remove(decoder);
    open.detach();
    upstream.config().setAutoRead(true);
  }

  private FullHttpResponse whole(HttpResponse response) {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        response.status(),
        channel.alloc().buffer(0),
        response.headers(),
        EmptyHttpHeaders.INSTANCE);
  }

  void appWritable() {
    regulate();
  }

  /** The app has closed: it says so to its client, and no more. */
  void appClosed() {
    if (app == null) {
      return;
    }
    app = null;
    keepAlive = false;
    if (answering) {
      cut();
    } else {
      close();
    }
  }

  void appFailed() {
    cut();
  }

  private void regulate() {
    boolean room = app == null || app.isWritable();
    boolean read = !closing && !dialing && room && waiting.isEmpty();
    if (channel.isActive() && channel.config().isAutoRead() != read) {
      channel.config().setAutoRead(read);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (app != null) {
      app.read(channel.isWritable());
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    boolean ended =
        event == ChannelInputShutdownEvent.INSTANCE || event == SslCloseCompletionEvent.SUCCESS;
    if (ended && asking && !refused) {
      cut(); // what the app has of the request is not whole
    } else if (event == Draining.NOW || ended) {
      keepAlive = false;
      endOfExchange();
    }
  }

  /** Lets the client read what was written. */
  private void close() {
    if (!closing) {
      closing = true;
      dropWaiting();
      closeApp();
      GoodBye.say(channel);
    }
  }

  private void cut() {
    closing = true;
    dropWaiting();
    closeApp();
    Resets.send(channel);
  }

  private void closeApp() {
    AppConnection open = app;
    app = null;
    if (open != null) {
      open.channel().close();
    }
  }

  private void dropWaiting() {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    closing = true;
    dropWaiting();
    closeApp();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof BadRequestException malformed && !closing && !answering) {
      refuse(malformed);
    } else {
      cut();
    }
  }
}
