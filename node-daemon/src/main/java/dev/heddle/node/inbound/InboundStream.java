package dev.heddle.node.inbound;

import dev.heddle.node.inbound.InboundCounts.Event;
import dev.heddle.node.protocol.FirstBytes;
import dev.heddle.node.upstream.Relay;
import dev.heddle.node.upstream.Resets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a connection carries whose client is known: judged as a whole, or handed to who judges its
 * requests. What the client says before is kept; no more is read than is needed to tell.
 */
final class InboundStream extends ChannelInboundHandlerAdapter {

  private static final AsciiString HTTP = AsciiString.cached("HTTP/");

  private final InboundServer server;
  private final SocketChannel channel;
  private final ArrayDeque<Object> ends = new ArrayDeque<>(0);
  private ByteBuf seen = Unpooled.EMPTY_BUFFER;
  private @Nullable InboundConnection sniffed;
  private @Nullable Future<?> patience;

  InboundStream(InboundServer server, SocketChannel channel) {
    this.server = server;
    this.channel = channel;
  }

  /** Who calls is known: from here on policy decides. */
  void admit(InboundConnection connection) {
    WorkloadGate gate = server.gates().of(connection.captured().pod().workload());
    if (gate == null || !gate.mayAdmit(connection)) {
      deny();
    } else if (gate.judgesRequests()) {
      sniffed = connection;
      patience =
          channel
              .eventLoop()
              .schedule(
                  () -> decided(connection, FirstBytes.OTHER),
                  server.patience().silence(),
                  TimeUnit.MILLISECONDS);
      sniff(connection);
    } else {
      pass(connection, false, gate);
    }
  }

  private void deny() {
    server.counts().count(Event.CONNECTION_DENIED);
    Resets.send(channel);
  }

  private void sniff(InboundConnection connection) {
    FirstBytes spoken = FirstBytes.look(seen);
    boolean whole = seen.readableBytes() > FirstBytes.MAX_BYTES || !ends.isEmpty();
    if (spoken != FirstBytes.UNDECIDED || whole) {
      decided(connection, spoken);
    } else {
      channel.config().setAutoRead(true);
    }
  }

  private void decided(InboundConnection connection, FirstBytes spoken) {
    if (sniffed == null) {
      return;
    }
    stopSniffing();
    boolean http = spoken == FirstBytes.HTTP_1 || (spoken == FirstBytes.OTHER && resemblesHttp());
    if (http || spoken == FirstBytes.HTTP_2) {
      judgeRequests(connection, spoken);
      return;
    }
    WorkloadGate gate = server.gates().of(connection.captured().pod().workload());
    if (gate == null || !gate.admits(connection)) {
      deny(); // what rules ask of requests cannot be told of these bytes
    } else {
      pass(connection, true, gate);
    }
  }

  private void stopSniffing() {
    sniffed = null;
    channel.config().setAutoRead(false);
    if (patience != null) {
      patience.cancel(false);
    }
  }

  /** A request that no strict parser takes, and perhaps the app: it is refused as one. */
  private boolean resemblesHttp() {
    return ByteBufUtil.indexOf(Unpooled.wrappedBuffer(HTTP.array()), seen) >= 0;
  }

  private void judgeRequests(InboundConnection connection, FirstBytes spoken) {
    count(connection);
    if (spoken == FirstBytes.HTTP_2) {
      new Http2Inbound(server, channel, connection, certificate(connection)).begin();
    } else {
      http1(connection, new RequestJudge(server, connection));
    }
    replay();
  }

  private void http1(InboundConnection connection, Judge judge) {
    new Http1Inbound(server, channel, connection, certificate(connection), judge).begin();
  }

  private ClientCertificate certificate(InboundConnection connection) {
    return ClientCertificate.of(
        channel.pipeline().get(SslHandler.class),
        connection.peer(),
        connection.captured().pod().workload().identity());
  }

  /**
   * It began with one of the pod's own probes.
   *
   * @param strict whether nothing else of it may be let in
   */
  void admitProbe(InboundConnection connection, boolean strict) {
    count(connection);
    Judge others = new RequestJudge(server, connection);
    http1(connection, new ProbeJudge(server, connection.captured(), strict, others));
    replay();
  }

  private void count(InboundConnection connection) {
    server
        .counts()
        .count(connection.peer() == null ? Event.PLAIN_CONNECTION : Event.MESH_CONNECTION);
  }

  private void pass(InboundConnection connection, boolean carriesNoHttp, WorkloadGate gate) {
    count(connection);
    server.log(channel.pipeline(), connection, "");
    ChannelFuture connecting = AppDialer.dial(channel.eventLoop(), connection.captured());
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            join(connecting.channel());
            PolicyWatch.begin(server, channel, connection, carriesNoHttp, gate);
          } else {
            server.counts().count(Event.APP_UNREACHABLE);
            Resets.send(channel);
          }
        });
  }

  private void join(Channel app) {
    if (!channel.isActive()) {
      app.close();
      return;
    }
    Relay.join(channel, app, server.nanoTime());
    replay();
  }

  private void replay() {
    ChannelHandlerContext here =
        Objects.requireNonNull(channel.pipeline().context(this), "a handler that is in its place");
    ByteBuf bytes = seen;
    seen = Unpooled.EMPTY_BUFFER;
    if (bytes.isReadable()) {
      here.fireChannelRead(bytes);
    }
    while (!ends.isEmpty()) {
      here.fireUserEventTriggered(ends.poll());
    }
    here.fireChannelReadComplete();
    if (channel.pipeline().context(this) != null) {
      channel.pipeline().remove(this);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    seen = Buffers.joined(channel.alloc(), seen, (ByteBuf) message);
    InboundConnection connection = sniffed;
    if (connection != null) {
      sniff(connection);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE || event == SslCloseCompletionEvent.SUCCESS) {
      ends.add(event); // behind the bytes that came before it
      InboundConnection connection = sniffed;
      if (connection != null) {
        sniff(connection);
      }
    } else {
      context.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (sniffed != null) {
      stopSniffing();
    }
    seen.release();
    seen = Unpooled.EMPTY_BUFFER;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Resets.send(channel);
  }
}
