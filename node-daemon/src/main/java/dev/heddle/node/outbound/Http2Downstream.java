package dev.heddle.node.outbound;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.pod.Draining;
import dev.heddle.node.protocol.Http2Codecs;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.ReferenceCountUtil;

/** A connection of HTTP/2 that a pod opened with prior knowledge. */
final class Http2Downstream extends ChannelInboundHandlerAdapter {

  private final OutboundLoop loop;
  private final SocketChannel channel;
  private final CapturedConnection connection;
  private final ConnectionWatch watch;

  Http2Downstream(OutboundLoop loop, SocketChannel channel, CapturedConnection connection) {
    this.loop = loop;
    this.channel = channel;
    this.connection = connection;
    this.watch = new ConnectionWatch(loop, channel, () -> false);
  }

  void begin() {
    channel.config().setAllowHalfClosure(false);
    Http2Codecs.server(
        channel, stream -> new Http2Request(loop, stream, connection, watch::progress));
    channel.pipeline().addLast(this);
    watch.begin();
    channel.config().setAutoRead(true);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    ReferenceCountUtil.release(frame); // SETTINGS, GOAWAY: the codec has obeyed them
  }

  /** The codec says GOAWAY and waits for the streams under way. */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == Draining.NOW) {
      channel.close();
    }
    ReferenceCountUtil.release(event);
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
