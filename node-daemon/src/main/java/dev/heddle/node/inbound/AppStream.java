package dev.heddle.node.inbound;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;

/** The app's end of one request of HTTP/2. */
final class AppStream extends ChannelInboundHandlerAdapter {

  private final Channel channel;
  private final Http2Exchange client;
  private boolean requestEnded;
  private boolean answered;
  private long error = Http2Error.INTERNAL_ERROR.code();

  AppStream(Channel channel, Http2Exchange client) {
    this.channel = channel;
    this.client = client;
  }

  /** Takes a part of the request over; whether more may come. */
  boolean write(Object part) {
    requestEnded = part instanceof LastHttpContent;
    channel.write(part);
    return channel.isWritable();
  }

  void flush() {
    channel.flush();
  }

  void read(boolean wanted) {
    channel.config().setAutoRead(wanted);
  }

  /** The client gave up, if it was not all said already. */
  void reset(long error) {
    if (!requestEnded || !answered) {
      channel
          .writeAndFlush(new DefaultHttp2ResetFrame(error))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object part) {
    answered = part instanceof LastHttpContent && !isInterim(part);
    if (!client.answer(part, answered)) {
      channel.config().setAutoRead(false);
    }
  }

  /** Netty makes a whole message of a 100, which ends nothing. */
  private static boolean isInterim(Object part) {
    return part instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    client.flushAnswer();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    client.appWritable(channel.isWritable());
  }

  /**
   * Notes why the stream ends, which it does behind what was received before. RFC 9113 8.7: what a
   * GOAWAY leaves out was not processed, and may be asked again.
   */
  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof Http2ResetFrame reset) {
      error = reset.errorCode();
    } else if (event instanceof Http2GoAwayFrame) {
      error = Http2Error.REFUSED_STREAM.code();
      channel.close();
    }
    ReferenceCountUtil.release(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    client.flushAnswer();
    if (!answered || !requestEnded) {
      client.reset(error);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    channel.close();
  }
}
