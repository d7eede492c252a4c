package dev.heddle.node.dns;

import dev.heddle.control.client.identity.IdentitySource;
import dev.heddle.init.handover.PodName;
import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.pod.MeshWorkload;
import dev.heddle.node.pod.Pod;
import dev.heddle.node.pod.QueryServer;
import dev.heddle.policy.identity.SpiffeId;
import dev.heddle.policy.route.Source;
import dev.heddle.policy.snapshot.Router;
import dev.heddle.policy.snapshot.WorkloadPolicy;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The DNS of one pod of the namespace shop, UDP and TCP on one port as in a pod. */
final class DnsRig implements AutoCloseable {

  final DnsServer server = new DnsServer();
  final InetSocketAddress address;
  volatile Map<String, List<InetAddress>> names = Map.of();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  DnsRig(InetSocketAddress resolver) {
    Pod pod = new AskingPod();
    Channel connections =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel accepted) {
                    server.serve(
                        accepted, new CapturedConnection(pod, accepted.remoteAddress(), resolver));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
    address = (InetSocketAddress) connections.localAddress();
    new Bootstrap()
        .group(loops)
        .channel(NioDatagramChannel.class)
        .handler(
            new ChannelInitializer<DatagramChannel>() {
              @Override
              protected void initChannel(DatagramChannel listener) {
                server.serve(
                    listener,
                    new QueryServer.Queries(
                        pod, List.of(resolver), to -> new NioDatagramChannel()));
              }
            })
        .bind(address)
        .syncUninterruptibly();
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class AskingPod implements Pod, MeshWorkload {
    @Override
    public PodName name() {
      return new PodName("shop", "client-1");
    }

    @Override
    public MeshWorkload workload() {
      return this;
    }

    @Override
    public ChannelFactory<SocketChannel> connections() {
      return NioSocketChannel::new;
    }

    @Override
    public SpiffeId identity() {
      return SpiffeId.of("cluster.local", "shop", "client");
    }

    @Override
    public Map<String, List<InetAddress>> names() {
      return names;
    }

    @Override
    public Source source() {
      throw new UnsupportedOperationException("DNS asks for names alone");
    }

    @Override
    public Router router() {
      throw new UnsupportedOperationException("DNS asks for names alone");
    }

    @Override
    public WorkloadPolicy policy() {
      throw new UnsupportedOperationException("DNS asks for names alone");
    }

    @Override
    public IdentitySource certificates() {
      throw new UnsupportedOperationException("DNS asks for names alone");
    }

    @Override
    public CompletableFuture<Void> follow(String host, int port) {
      throw new UnsupportedOperationException("DNS asks for names alone");
    }
  }
}
