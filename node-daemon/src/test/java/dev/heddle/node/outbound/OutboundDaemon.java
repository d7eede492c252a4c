package dev.heddle.node.outbound;

import dev.heddle.init.handover.PodName;
import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.pod.Draining;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.node.pod.Pod;
import dev.heddle.node.upstream.Connector;
import dev.heddle.node.upstream.JdkNameResolver;
import dev.heddle.node.upstream.SecureChannels;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The outbound half of the daemon before one pod, its captured listener an ordinary one. */
final class OutboundDaemon implements AutoCloseable {

  final TestWorkload workload = new TestWorkload();
  final OutboundServer server;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final JdkNameResolver names = new JdkNameResolver();
  private final Channel listener;
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Pod pod = new LoopbackPod(workload, open);

  /** All that comes was going to this destination. */
  OutboundDaemon(InetSocketAddress destination) {
    this(destination, SecureChannels.PLAIN);
  }

  OutboundDaemon(InetSocketAddress destination, SecureChannels secure) {
    this.server =
        new OutboundServer(
            new Connector(names, secure),
            bound -> ThreadLocalRandom.current().nextInt(bound),
            System::nanoTime);
    this.listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel accepted) {
                    open.add(accepted);
                    server.serve(
                        accepted,
                        new CapturedConnection(pod, accepted.remoteAddress(), destination));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  Pod pod() {
    return pod;
  }

  /** Whether a connection is at a handler now. */
  boolean isAt(String handler) {
    return open.stream()
        .anyMatch(
            channel ->
                channel.pipeline().toMap().values().stream()
                    .anyMatch(held -> held.getClass().getSimpleName().equals(handler)));
  }

  /** As the daemon tells all connections of a pod; they have heard when it returns. */
  void drain(Draining draining) {
    open.forEach(
        channel ->
            channel
                .eventLoop()
                .submit(() -> channel.pipeline().fireUserEventTriggered(draining))
                .syncUninterruptibly());
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    names.close();
  }

  private record LoopbackPod(MeshWorkload workload, ChannelGroup open) implements Pod {
    @Override
    public PodName name() {
      return new PodName("shop", "client-1");
    }

    @Override
    public ChannelFactory<SocketChannel> connections() {
      return () -> {
        SocketChannel channel = new NioSocketChannel();
        open.add(channel);
        return channel;
      };
    }
  }
}
