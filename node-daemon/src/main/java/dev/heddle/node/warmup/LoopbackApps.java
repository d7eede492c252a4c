package dev.heddle.node.warmup;

import dev.heddle.node.protocol.Http2Codecs;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Arrays;

/** What a warm-up calls. */
final class LoopbackApps {

  /** Answered with 100 bytes. */
  static final String SMALL = "/small";

  /** Answered with 64 KB. */
  static final String LARGE = "/large";

  /** Answered with 100 bytes and the end of the connection. */
  static final String LAST = "/last";

  /** The last byte of every answer, and of nothing else. */
  static final byte END = '~';

  private static final byte[] SMALL_BODY = body(100);
  private static final byte[] LARGE_BODY = body(64 * 1024);

  private LoopbackApps() {}

  private static byte[] body(int bytes) {
    byte[] body = new byte[bytes];
    Arrays.fill(body, (byte) 'x');
    body[bytes - 1] = END;
    return body;
  }

  /** Answers requests of HTTP/1.1. */
  static void http1(SocketChannel accepted) {
    accepted.pipeline().addLast(new HttpServerCodec()).addLast(new Answers(true));
  }

  /** Answers streams of HTTP/2. */
  static void http2(SocketChannel accepted) {
    Http2Codecs.server(accepted, stream -> new Answers(false));
  }

  /** Says what it hears. */
  static void echo(SocketChannel accepted) {
    accepted.pipeline().addLast(new Echo());
  }

  private static final class Answers extends ChannelInboundHandlerAdapter {

    private final boolean mayClose;
    private String path = "";

    Answers(boolean mayClose) {
      this.mayClose = mayClose;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof HttpRequest request) {
        path = request.uri();
      }
      boolean whole = message instanceof LastHttpContent;
      ReferenceCountUtil.release(message);
      if (whole) {
        answer(context);
      }
    }

    private void answer(ChannelHandlerContext context) {
      byte[] body = path.equals(LARGE) ? LARGE_BODY : SMALL_BODY;
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(body));
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
      boolean last = mayClose && path.equals(LAST);
      if (last) {
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
      ChannelFuture written = context.writeAndFlush(response);
      if (last) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
