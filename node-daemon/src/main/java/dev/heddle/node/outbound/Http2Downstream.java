package dev.heddle.node.outbound;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.pod.Draining;
import dev.heddle.node.protocol.Http2Codecs;
import dev.heddle.node.upstream.Resets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.ReferenceCountUtil;

/** A connection of HTTP/2 that a pod opened with prior knowledge. */
final class Http2Downstream extends ChannelInboundHandlerAdapter {

  private final OutboundLoop loop;
  private final SocketChannel channel;
  private final CapturedConnection connection;
  private final ConnectionWatch watch;
  private int streams;
  private boolean leaving;

  Http2Downstream(OutboundLoop loop, SocketChannel channel, CapturedConnection connection) {
    this.loop = loop;
    this.channel = channel;
    this.connection = connection;
    this.watch = new ConnectionWatch(loop, channel, () -> false);
  }

  void begin() {
    channel.config().setAllowHalfClosure(false);
    Http2Codecs.server(channel, this::request);
    channel.pipeline().addLast(this);
    watch.begin();
    channel.config().setAutoRead(true);
  }

  private ChannelHandler request(Channel stream) {
    streams++;
    stream
        .closeFuture()
        .addListener(
            closed -> {
              streams--;
              closeIfOver();
            });
    return new Http2Request(loop, stream, connection, watch::progress);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    ReferenceCountUtil.release(frame); // SETTINGS, GOAWAY: the codec has obeyed them
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Draining.SOFT) {
      leave(context);
    } else if (event == Draining.NOW) {
      Resets.send(channel);
    }
    ReferenceCountUtil.release(event);
  }

  /** Streams above the one that GOAWAY names were not served, and their client knows it. */
  private void leave(ChannelHandlerContext context) {
    if (!leaving) {
      leaving = true;
      context
          .writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR))
          .addListener(said -> closeIfOver());
    }
  }

  private void closeIfOver() {
    if (leaving && streams == 0) {
      channel.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    watch.end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof Http2Exception)) { // of which the codec tells the client itself
      channel.close();
    }
  }
}
