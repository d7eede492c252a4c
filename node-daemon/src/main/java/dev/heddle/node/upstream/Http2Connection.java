package dev.heddle.node.upstream;

import dev.heddle.node.pod.Draining;
import dev.heddle.node.protocol.Http2Codecs;
import dev.heddle.policy.retry.Outcome;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.function.LongSupplier;

/** A connection of HTTP/2 that calls share. */
final class Http2Connection extends ChannelInboundHandlerAdapter {

  private final Channel channel;
  private final Terms terms;
  private final Runnable streamEnded;
  private int maxStreams = Http2Codecs.MAX_STREAMS;
  private int streams;
  private int opened;
  private boolean leaving;
  private long idleSinceNanos;

  /**
   * @param streamEnded told when another call may find a place
   */
  Http2Connection(Channel channel, Terms terms, long nowNanos, Runnable streamEnded) {
    this.channel = channel;
    this.terms = terms;
    this.streamEnded = streamEnded;
    this.idleSinceNanos = nowNanos;
    Http2Codecs.client(channel);
    channel.pipeline().addLast(this);
    channel.config().setAutoRead(true);
  }

  /** Whether another call may begin on it. */
  boolean takesMore() {
    return !leaving && !terms.isSpent(opened) && streams < maxStreams && channel.isActive();
  }

  boolean isOpen() {
    return channel.isActive();
  }

  boolean isIdle(long nowNanos) {
    return streams == 0 && nowNanos - idleSinceNanos >= terms.idleNanos();
  }

  void close() {
    channel.close();
  }

  /** A call takes a stream of it. */
  void begin(UpstreamListener listener, LongSupplier clock) {
    streams++;
    boolean usedBefore = opened++ > 0;
    Future<Http2StreamChannel> opening =
        new Http2StreamChannelBootstrap(channel)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel stream) {
                    stream.config().setWriteBufferWaterMark(Connector.WATERMARKS);
                    stream.pipeline().addLast(Http2Codecs.clientStream());
                  }
                })
            .open();
    opening.addListener(
        done -> {
          if (!done.isSuccess()) {
            streams--;
            listener.failed(Outcome.CONNECT_FAILED, done.cause());
            return;
          }
          Channel stream = opening.getNow();
          stream.closeFuture().addListener(closed -> ended(clock));
          Http2Stream exchange = new Http2Stream(stream, usedBefore, listener);
          stream.pipeline().addLast(exchange);
          listener.opened(exchange);
        });
  }

  private void ended(LongSupplier clock) {
    streams--;
    idleSinceNanos = clock.getAsLong();
    if (streams == 0 && (leaving || terms.isSpent(opened))) {
      channel.close();
    }
    streamEnded.run();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    if (frame instanceof Http2SettingsFrame settings) {
      Long max = settings.settings().maxConcurrentStreams();
      if (max != null) {
        maxStreams = (int) Math.min(max, Http2Codecs.MAX_STREAMS);
      }
    }
    leaving = leaving || frame instanceof Http2GoAwayFrame;
    ReferenceCountUtil.release(frame);
    if (leaving && streams == 0) {
      channel.close();
    }
  }

  /** Netty's close waits for streams. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Draining.NOW) {
      Resets.send(channel);
    }
    ReferenceCountUtil.release(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    leaving = true;
    if (!(cause instanceof Http2Exception)) { // of which the codec tells the server itself
      channel.close();
    }
  }
}
