package dev.heddle.node.inbound;

import dev.heddle.node.inbound.InboundCounts.Event;
import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.protocol.Http2Codecs;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The app's end of one client's connection of HTTP/2. Streams are opened once its SETTINGS say how
 * many it takes; those that it does not take yet wait, no more than the client may have open.
 */
final class AppStreams extends ChannelInboundHandlerAdapter {

  /** The client whose requests these are. */
  interface Client {

    /** The app takes no further streams. */
    void appLeaves();

    /** The app has closed. */
    void appLeft();
  }

  /** A request that wants a stream. */
  interface Wish {

    void granted(Channel stream);

    /** There is no app of HTTP/2. */
    void unreachable();

    /** The app leaves and has seen nothing of the request. */
    void refused();
  }

  /** For the SETTINGS that a server sends first: RFC 9113 3.4. */
  private static final long SETTINGS_MILLIS = 10_000;

  private final Client client;
  private final EventLoop loop;
  private final CapturedConnection captured;
  private final InboundCounts counts;
  private final ArrayDeque<Wish> waiting = new ArrayDeque<>(1);
  private @Nullable Channel app;
  private boolean dialing;
  private boolean settled;
  private boolean leaving;
  private boolean closed;
  private int streams;
  private int maxStreams = Http2Codecs.MAX_STREAMS;

  AppStreams(Client client, EventLoop loop, CapturedConnection captured, InboundCounts counts) {
    this.client = client;
    this.loop = loop;
    this.captured = captured;
    this.counts = counts;
  }

  /** Asks for a stream; answered at once or later. */
  void ask(Wish wish) {
    if (leaving || closed) {
      wish.refused();
      return;
    }
    waiting.add(wish);
    if (app == null && !dialing) {
      dial();
    } else {
      grant();
    }
  }

  private void dial() {
    dialing = true;
    ChannelFuture connecting = AppDialer.dial(loop, captured);
    connecting.addListener(
        done -> {
          dialing = false;
          if (closed) {
            connecting.channel().close();
          } else if (done.isSuccess()) {
            opened(connecting.channel());
          } else {
            unreachable();
          }
        });
  }

  private void opened(Channel stands) {
    app = stands;
    stands.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
    Http2Codecs.client(stands);
    stands.pipeline().addLast(this);
    stands.config().setAutoRead(true);
    loop.schedule(() -> impatient(stands), SETTINGS_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void impatient(Channel stands) {
    if (!settled) {
      stands.close();
    }
  }

  private void unreachable() {
    counts.count(Event.APP_UNREACHABLE);
    while (!waiting.isEmpty()) {
      waiting.remove().unreachable();
    }
  }

  private void grant() {
    Channel to = app;
    while (to != null && settled && !leaving && streams < maxStreams && !waiting.isEmpty()) {
      open(to, waiting.remove());
    }
  }

  private void open(Channel to, Wish wish) {
    streams++;
    Future<Http2StreamChannel> opening =
        new Http2StreamChannelBootstrap(to)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel stream) {
                    stream.config().setWriteBufferWaterMark(InboundServer.WATERMARKS);
                    stream.pipeline().addLast(Http2Codecs.clientStream());
                  }
                })
            .open();
    opening.addListener(
        done -> {
          if (!done.isSuccess()) {
            streams--;
            wish.refused();
            return;
          }
          opening.getNow().closeFuture().addListener(ended -> ended());
          wish.granted(opening.getNow());
        });
  }

  private void ended() {
    streams--;
    grant();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    if (frame instanceof Http2SettingsFrame told) {
      settled = true;
      Long max = told.settings().maxConcurrentStreams();
      if (max != null) {
        maxStreams = (int) Math.min(max, Http2Codecs.MAX_STREAMS);
      }
      grant();
    }
    if (frame instanceof Http2GoAwayFrame && !leaving) {
      leaving = true;
      refuseWaiting();
      client.appLeaves();
    }
    ReferenceCountUtil.release(frame);
  }

  private void refuseWaiting() {
    while (!waiting.isEmpty()) {
      waiting.remove().refused();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    app = null;
    if (closed) {
      return;
    }
    if (settled) {
      close();
      client.appLeft();
    } else {
      unreachable(); // it speaks no HTTP/2, or nothing
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof Http2Exception)) { // of which the codec tells the app itself
      context.close();
    }
  }

  /** The client is gone. */
  void close() {
    closed = true;
    refuseWaiting();
    if (app != null) {
      app.close();
    }
  }
}
