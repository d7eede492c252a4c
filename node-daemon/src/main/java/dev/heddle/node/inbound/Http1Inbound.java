package dev.heddle.node.inbound;

import dev.heddle.node.inbound.InboundCounts.Event;
import dev.heddle.node.pod.Draining;
import dev.heddle.node.protocol.BadRequestException;
import dev.heddle.node.protocol.HopHeaders;
import dev.heddle.node.protocol.LocalReplies;
import dev.heddle.node.protocol.RequestDecoder;
import dev.heddle.node.protocol.RequestRules;
import dev.heddle.node.upstream.Relay;
import dev.heddle.node.upstream.Resets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection of HTTP/1.x whose requests are judged, one after the other. It has one
 * connection to the app, which lives as long as it does, so that each end sees the other close.
 */
final class Http1Inbound extends ChannelInboundHandlerAdapter implements ClientWatch.Client {

  private final InboundServer server;
  private final SocketChannel channel;
  private final InboundConnection connection;
  private final RequestDecoder decoder = new RequestDecoder();
  private final Http1Answers answers;
  private final Http1Request asked;
  private final ArrayDeque<HttpObject> waiting = new ArrayDeque<>(1);
  private @Nullable AppConnection app;
  private boolean closing;

  Http1Inbound(
      InboundServer server,
      SocketChannel channel,
      InboundConnection connection,
      ClientCertificate certificate,
      Judge judge) {
    this.server = server;
    this.channel = channel;
    this.connection = connection;
    this.answers = new Http1Answers(channel);
    this.asked = new Http1Request(judge, certificate, answers);
  }

  /** Takes the connection over. */
  void begin() {
    channel.pipeline().addLast(decoder, answers.encoder());
    server.log(channel.pipeline(), connection, "HTTP/1.1");
    channel.pipeline().addLast(this);
    ClientWatch.begin(channel, this, server.patience(), server.nanoTime());
    regulate();
  }

  @Override
  public boolean isInsideHead() {
    return decoder.isInsideHead();
  }

  @Override
  public boolean isBusy() {
    return answers.areUnderWay() || asked.isUnderWay();
  }

  @Override
  public long requests() {
    return asked.count();
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
    while (!closing && !waiting.isEmpty()) {
      HttpObject next = waiting.peek();
      if (next instanceof HttpRequest request) {
        if (isBusy()) {
          break; // a pipelined one
        }
        waiting.poll();
        take(request);
      } else {
        waiting.poll();
        take((HttpContent) next);
      }
    }
    flushApp();
    regulate();
  }

  private void take(HttpRequest request) {
    BadRequestException malformed = RequestRules.check(request);
    if (malformed != null) {
      refuse(malformed);
      return;
    }
    FullHttpResponse refusal = asked.begin(request);
    if (refusal == null) {
      pass(request);
    } else {
      reply(refusal);
    }
  }

  private void take(HttpContent content) {
    if (content.decoderResult().isFailure()) {
      content.release();
      if (answers.areUnderWay() && !asked.isRefused()) {
        cut(); // half of it is with the app already
      } else {
        refuse(RequestRules.undecoded(content.decoderResult().cause()));
      }
      return;
    }
    if (asked.goesOn(content)) {
      pass(content);
    }
    endOfExchange();
  }

  private void pass(HttpObject part) {
    AppConnection open = app;
    if (open == null) {
      open = new AppConnection(this);
      app = open;
      open.dial(channel.eventLoop(), connection.captured());
    }
    open.write(part);
  }

  private void flushApp() {
    if (app != null) {
      app.flush();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    flushApp();
  }

  /** The app took no connection for this. */
  void appUnreachable(FullHttpResponse answer) {
    server.counts().count(Event.APP_UNREACHABLE);
    app = null;
    asked.refuse();
    answers.endHere();
    reply(answer);
    advance();
  }

  /** A 1xx of the app. */
  void informational(HttpResponse response) {
    answers.interim(response);
  }

  /** The answer of the app begins. */
  void head(HttpResponse response, boolean appKeepsAlive) {
    if (!answers.areUnderWay()) {
      cut(); // nothing was asked: whose answer would it be taken for
      return;
    }
    if (!appKeepsAlive) {
      answers.endHere();
    }
    HopHeaders.remove(response);
    answers.head(response);
  }

  /** It goes on. */
  void body(HttpContent content) {
    boolean last = content instanceof LastHttpContent;
    answers.body(content);
    if (last) {
      answers.ended();
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
    answers.whole(response);
    endOfExchange();
  }

  private void endOfExchange() {
    if (!answers.areUnderWay() && answers.end()) {
      close();
    }
  }

  private void refuse(BadRequestException malformed) {
    server.counts().count(Event.REQUEST_MALFORMED);
    answers.endHere();
    asked.end();
    reply(
        LocalReplies.of(malformed.status(), "bad_request", String.valueOf(malformed.getMessage())));
  }

  /** Another protocol is spoken from here on. */
  void switched(HttpResponse agreed, Channel upstream) {
    AppConnection open = app;
    if (open == null || !asked.mayLeaveHttp() || !waiting.isEmpty()) {
      cut();
      return;
    }
    answers.interim(agreed);
    app = null;
    channel.pipeline().remove(this);
    channel.pipeline().remove(answers.encoder());
    upstream.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    Relay.join(channel, upstream, server.nanoTime());
    channel.pipeline().remove(decoder);
    open.detach();
    upstream.config().setAutoRead(true);
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
    answers.endHere();
    if (answers.areUnderWay()) {
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
    boolean read = !closing && room && waiting.isEmpty();
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
    if (ended && asked.isOwedToApp()) {
      cut(); // what the app has of the request is not whole
    } else if (event instanceof Draining || ended) {
      answers.endHere();
      endOfExchange();
    }
  }

  /** Lets the client read what was written. */
  private void close() {
    if (!closing) {
      end();
      GoodBye.say(channel);
    }
  }

  private void cut() {
    end();
    Resets.send(channel);
  }

  private void end() {
    closing = true;
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    AppConnection open = app;
    app = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    boolean telling = !closing && !answers.areUnderWay();
    if (cause instanceof BadRequestException malformed && telling) {
      refuse(malformed);
    } else {
      cut();
    }
  }
}
