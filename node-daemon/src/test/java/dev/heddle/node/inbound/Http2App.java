package dev.heddle.node.inbound;

import dev.heddle.node.protocol.Http2Codecs;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** An app that speaks HTTP/2 without TLS: it answers what it was sent. */
final class Http2App implements AutoCloseable {

  private static final int MAX_BODY_BYTES = 64 << 20;

  final Queue<String> served = new ConcurrentLinkedQueue<>();
  final Queue<HttpHeaders> headers = new ConcurrentLinkedQueue<>();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listener;

  Http2App() {
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel made) {
                    Http2Codecs.server(made, stream -> new Whole());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  private void answer(Channel stream, FullHttpRequest request) {
    served.add(request.method() + " " + request.uri());
    headers.add(request.headers());
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.OK, request.content().retain());
    response.trailingHeaders().set("x-end", request.trailingHeaders().get("x-end", "none"));
    stream.writeAndFlush(response);
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Whole extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel stream) {
      stream
          .pipeline()
          .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
          .addLast(
              new SimpleChannelInboundHandler<FullHttpRequest>() {
                @Override
                protected void channelRead0(
                    ChannelHandlerContext context, FullHttpRequest request) {
                  answer(context.channel(), request);
                }
              });
    }
  }
}
