package dev.heddle.node.inbound;

import dev.heddle.node.pod.CapturedConnection;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;

/** Connects to where a connection was going, inside the pod that it came to. */
final class AppDialer {

  /** Of a connection that leaves no machine: a full backlog, or nobody. */
  private static final int CONNECT_MILLIS = 10_000;

  private AppDialer() {}

  /** A connection that does not read yet. */
  static ChannelFuture dial(EventLoop loop, CapturedConnection captured) {
    return new Bootstrap()
        .group(loop)
        .channelFactory(captured.pod().connections())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.AUTO_READ, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, InboundServer.WATERMARKS)
        .handler(new NoHandlers())
        .connect(captured.destination());
  }

  /** Bootstrap wants a handler; those of a connection come when it stands. */
  private static final class NoHandlers extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel opened) {}
  }
}
