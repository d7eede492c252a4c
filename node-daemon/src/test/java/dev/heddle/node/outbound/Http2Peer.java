package dev.heddle.node.outbound;

import dev.heddle.node.protocol.Http2Codecs;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A client or server of HTTP/2 with prior knowledge. */
final class Http2Peer implements AutoCloseable {

  private static final int MAX_BODY_BYTES = 64 << 20;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private volatile boolean toldToLeave;
  final AtomicInteger connections = new AtomicInteger();
  final Channel channel;

  private Http2Peer(int port) {
    channel =
        new Bootstrap()
            .group(loops)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel made) {
                    Http2Codecs.client(made);
                    made.pipeline().addLast(new Goodbyes());
                  }
                })
            .connect(InetAddress.getLoopbackAddress(), port)
            .syncUninterruptibly()
            .channel();
  }

  private Http2Peer(BiConsumer<Channel, FullHttpRequest> answer) {
    channel =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel made) {
                    connections.incrementAndGet();
                    Http2Codecs.server(made, stream -> new Aggregated(answer));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  static Http2Peer client(int port) {
    return new Http2Peer(port);
  }

  static Http2Peer server(BiConsumer<Channel, FullHttpRequest> answer) {
    return new Http2Peer(answer);
  }

  int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** Whether the other end takes no more streams. */
  boolean isToldToLeave() {
    return toldToLeave;
  }

  /** Sends a request on a stream of its own; the response is the caller's. */
  CompletableFuture<FullHttpResponse> send(FullHttpRequest request) {
    CompletableFuture<FullHttpResponse> response = new CompletableFuture<>();
    new Http2StreamChannelBootstrap(channel)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel stream) {
                stream
                    .pipeline()
                    .addLast(new Http2StreamFrameToHttpObjectCodec(false))
                    .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
                    .addLast(new Received(response));
              }
            })
        .open()
        .addListener(
            opened -> {
              if (opened.isSuccess()) {
                ((Channel) opened.getNow()).writeAndFlush(request);
              } else {
                response.completeExceptionally(opened.cause());
              }
            });
    return response;
  }

  @Override
  public void close() {
    channel.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Goodbyes extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      toldToLeave = toldToLeave || frame instanceof Http2GoAwayFrame;
      ReferenceCountUtil.release(frame);
    }
  }

  /** Whole requests of one stream. */
  private static final class Aggregated extends ChannelInitializer<Channel> {
    private final BiConsumer<Channel, FullHttpRequest> answer;

    Aggregated(BiConsumer<Channel, FullHttpRequest> answer) {
      this.answer = answer;
    }

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
                  answer.accept(context.channel(), request);
                }
              });
    }
  }

  private static final class Received extends SimpleChannelInboundHandler<FullHttpResponse> {
    private final CompletableFuture<FullHttpResponse> response;

    Received(CompletableFuture<FullHttpResponse> response) {
      this.response = response;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse received) {
      response.complete(received.retain());
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      response.completeExceptionally(new IOException("the stream ended"));
    }
  }
}
