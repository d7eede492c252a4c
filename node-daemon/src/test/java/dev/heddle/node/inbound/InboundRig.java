package dev.heddle.node.inbound;

import dev.heddle.node.accesslog.AccessLog;
import dev.heddle.node.mesh.TestPod;
import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.node.tls.MeshTls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A listener as capture has them: what it accepts was going to an app. */
final class InboundRig implements AutoCloseable {

  static final int TIMEOUT_MILLIS = 20_000;

  final MeshTls tls = MeshTls.create();
  final Queue<String> log = new ConcurrentLinkedQueue<>();
  final InboundServer server;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listener;

  InboundRig(MeshWorkload workload, SocketAddress app) {
    this(new TestPod(workload), app, null, Patience.DEFAULT);
  }

  InboundRig(
      MeshWorkload workload, SocketAddress app, @Nullable AccessLog accessLog, Patience patience) {
    this(new TestPod(workload), app, accessLog, patience);
  }

  InboundRig(TestPod pod, SocketAddress app, @Nullable AccessLog accessLog, Patience patience) {
    server =
        new InboundServer(
            tls, System::nanoTime, System::currentTimeMillis, log::add, accessLog, patience);
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(
                new Serving(
                    accepted ->
                        server.serve(
                            accepted,
                            new CapturedConnection(
                                pod, accepted.remoteAddress(), (InetSocketAddress) app))))
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  Socket connect() throws java.io.IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  /** Leaves the pipeline empty, as capture does. */
  @Sharable
  private static final class Serving extends ChannelInitializer<SocketChannel> {
    private final java.util.function.Consumer<SocketChannel> taker;

    Serving(java.util.function.Consumer<SocketChannel> taker) {
      this.taker = taker;
    }

    @Override
    protected void initChannel(SocketChannel accepted) {
      accepted.eventLoop().execute(() -> taker.accept(accepted));
    }
  }
}
