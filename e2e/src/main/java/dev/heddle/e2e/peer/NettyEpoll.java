package dev.heddle.e2e.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * An app that insists on Netty's native transport, whether that says it is there or not. Arguments:
 * {@code probe}; {@code server}; {@code client PORT}.
 */
public final class NettyEpoll {

  private static final String RESPONSE = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nepoll";

  private NettyEpoll() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "probe" -> System.out.println(Epoll.isAvailable());
      case "server" -> serve();
      case "client" -> System.out.println(call(Integer.parseInt(arguments[1])));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.exit(0);
  }

  private static void serve() throws Exception {
    EventLoopGroup group = new EpollEventLoopGroup(1);
    Channel server =
        new ServerBootstrap()
            .group(group)
            .channel(EpollServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Answer());
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    System.out.println(((InetSocketAddress) server.localAddress()).getPort());
    while (System.in.read() >= 0) {
      // nothing is said to it
    }
  }

  private static final class Answer extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ChannelFuture unused =
          context.writeAndFlush(Unpooled.copiedBuffer(RESPONSE, StandardCharsets.US_ASCII));
    }
  }

  private static String call(int port) throws InterruptedException {
    EventLoopGroup group = new EpollEventLoopGroup(1);
    try {
      Channel channel =
          new Bootstrap()
              .group(group)
              .channel(EpollSocketChannel.class)
              .handler(new ChannelInboundHandlerAdapter())
              .connect(InetAddress.getLoopbackAddress(), port)
              .sync()
              .channel();
      channel.writeAndFlush(Unpooled.copiedBuffer(Payload.MARK, StandardCharsets.US_ASCII)).sync();
      return "connected";
    } catch (Exception e) { // sync throws what was the reason, checked or not
      return e.toString();
    }
  }
}
