package dev.heddle.node.warmup;

import dev.heddle.node.protocol.Http2Codecs;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.HttpConversionUtil.ExtensionHeaderNames;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A connection of a program that calls over HTTP/2 with prior knowledge. */
final class Http2Caller implements AutoCloseable {

  private static final long PATIENCE_MILLIS = 5_000;

  private static final byte[] BODY = new byte[1_000];

  private final Channel channel;

  Http2Caller(EventLoopGroup loops, InetSocketAddress to) throws IOException {
    var connected =
        new Bootstrap()
            .group(loops)
            .channel(EpollSocketChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel made) {
                    Http2Codecs.client(made);
                  }
                })
            .connect(to)
            .awaitUninterruptibly();
    if (!connected.isSuccess()) {
      throw new IOException("cannot connect to " + to, connected.cause());
    }
    channel = connected.channel();
  }

  /** Opens so many streams at once; returns when all are answered. */
  void call(String host, int streams) throws IOException, InterruptedException {
    CountDownLatch answers = new CountDownLatch(streams);
    for (int i = 0; i < streams; i++) {
      new Http2StreamChannelBootstrap(channel)
          .handler(
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel stream) {
                  stream.pipeline().addLast(Http2Codecs.clientStream(), new Awaited(answers));
                }
              })
          .open()
          .addListener(
              opened -> {
                if (opened.isSuccess()) {
                  ((Channel) opened.getNow()).writeAndFlush(request(host));
                }
              });
    }
    if (!answers.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new IOException(answers.getCount() + " of " + streams + " streams got no answer");
    }
  }

  private static FullHttpRequest request(String host) {
    FullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.POST,
            LoopbackApps.SMALL,
            Unpooled.wrappedBuffer(BODY));
    request.headers().set(HttpHeaderNames.HOST, host);
    request.headers().set(ExtensionHeaderNames.SCHEME.text(), "http");
    return request;
  }

  @Override
  public void close() {
    channel.close();
  }

  private static final class Awaited extends ChannelInboundHandlerAdapter {

    private final CountDownLatch answers;

    Awaited(CountDownLatch answers) {
      this.answers = answers;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (message instanceof LastHttpContent) {
        answers.countDown();
      }
      ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
