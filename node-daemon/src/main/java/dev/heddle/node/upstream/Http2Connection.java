package dev.heddle.node.upstream;

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
  private int maxStreams = Http2Codecs.MAX_STREAMS;
  private int streams;
  private int opened;
  private boolean leaving;
  private long idleSinceNanos;

  Http2Connection(Channel channel, long nowNanos) {
    this.channel = channel;
    this.idleSinceNanos = nowNanos;
    Http2Codecs.client(channel);
    channel.pipeline().addLast(this);
    channel.config().setAutoRead(true);
  }

  /** Whether another call may begin on it. */
  boolean takesMore() {
    return !leaving && streams < maxStreams && channel.isActive();
  }

  boolean isOpen() {
    return channel.isActive();
  }

  boolean isIdle(long nowNanos, long idleNanos) {
    return streams == 0 && nowNanos - idleSinceNanos >= idleNanos;
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
          stream
              .closeFuture()
              .addListener(
                  closed -> {
                    streams--;
                    idleSinceNanos = clock.getAsLong();
                  });
          Http2Stream exchange = new Http2Stream(stream, usedBefore, listener);
          stream.pipeline().addLast(exchange);
          listener.opened(exchange);
        });
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

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    leaving = true;
    if (!(cause instanceof Http2Exception)) { // of which the codec tells the server itself
      channel.close();
    }
  }
}
