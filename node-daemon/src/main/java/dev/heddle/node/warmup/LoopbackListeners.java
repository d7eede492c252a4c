package dev.heddle.node.warmup;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.pod.ConnectionServer;
import dev.heddle.node.pod.Pod;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Listeners on loopback, as capture has them in pods, and of what is called behind them. */
final class LoopbackListeners implements AutoCloseable {

  private final EventLoopGroup loops;
  private final List<Channel> open = new ArrayList<>();

  LoopbackListeners(EventLoopGroup loops) {
    this.loops = loops;
  }

  /** Listens as if for connections of the pod, or to it; gives where. */
  InetSocketAddress captured(ConnectionServer server, Pod pod, InetSocketAddress destination)
      throws IOException {
    return listen(
        accepted ->
            server.serve(
                accepted, new CapturedConnection(pod, accepted.remoteAddress(), destination)),
        false);
  }

  /** Listens as an app. */
  InetSocketAddress app(Consumer<SocketChannel> app) throws IOException {
    return listen(app, true);
  }

  private InetSocketAddress listen(Consumer<SocketChannel> server, boolean reads)
      throws IOException {
    var bound =
        new ServerBootstrap()
            .group(loops)
            .channel(EpollServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.AUTO_READ, reads)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, !reads)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel accepted) {
                    server.accept(accepted);
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("cannot listen on loopback: " + bound.cause().getMessage());
    }
    open.add(bound.channel());
    return (InetSocketAddress) bound.channel().localAddress();
  }

  @Override
  public void close() {
    open.forEach(channel -> channel.close().awaitUninterruptibly());
  }
}
