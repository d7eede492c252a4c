package dev.heddle.node.capture;

import dev.heddle.init.ruleset.Family;
import dev.heddle.node.pod.ConnectionServer;
import dev.heddle.node.pod.QueryServer;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.UnixChannelOption;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Opens the ports that rules redirect to, inside a pod. */
final class PodListeners {

  /** Connections of one pod that wait to be accepted; the kernel cuts it at somaxconn. */
  private static final int BACKLOG = 1_024;

  private final EventLoopGroup loops;
  private final ConnectionServer outbound;
  private final ConnectionServer inbound;
  private final QueryServer queries;

  PodListeners(
      EventLoopGroup loops,
      ConnectionServer outbound,
      ConnectionServer inbound,
      QueryServer queries) {
    this.loops = loops;
    this.outbound = outbound;
    this.inbound = inbound;
    this.queries = queries;
  }

  /**
   * Completes when all listen; to be called on the loop. Where one does not, the pod is to be
   * closed.
   */
  CompletableFuture<Void> open(CapturedPod pod, EventLoop loop) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    all.add(listen(pod, loop, pod.request().outboundPort(), outbound));
    all.add(listen(pod, loop, pod.request().inboundPort(), inbound));
    pod.request().dnsPort().ifPresent(port -> all.addAll(dns(pod, loop, port)));
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
  }

  /**
   * Queries over TCP are connections whose destination the kernel knows. Datagrams are taken at
   * loopback addresses: answers of a wildcard socket would come from an address that was not asked.
   */
  private List<CompletableFuture<Void>> dns(CapturedPod pod, EventLoop loop, int port) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    all.add(listen(pod, loop, port, queries));
    for (Family family : pod.request().families()) {
      String loopback = family == Family.IPV6 ? "::1" : "127.0.0.1";
      all.add(queries(pod, loop, new InetSocketAddress(loopback, port)));
    }
    return all;
  }

  private CompletableFuture<Void> queries(CapturedPod pod, EventLoop loop, InetSocketAddress at) {
    QueryServer.Queries whose =
        new QueryServer.Queries(pod, pod.resolvers(), pod.sockets()::datagrams);
    ChannelFuture bound =
        new Bootstrap()
            .group(loop)
            .channelFactory(
                () -> pod.sockets().create(() -> new EpollDatagramChannel(PodSockets.family(at))))
            .option(UnixChannelOption.SO_REUSEPORT, true)
            .handler(
                new ChannelInitializer<EpollDatagramChannel>() {
                  @Override
                  protected void initChannel(EpollDatagramChannel listener) {
                    queries.serve(listener, whose);
                  }
                })
            .bind(at);
    return done(bound, at.getPort());
  }

  /** One socket of IPv6 takes both families, where the pod has both. */
  private CompletableFuture<Void> listen(
      CapturedPod pod, EventLoop loop, int port, ConnectionServer server) {
    boolean six = pod.request().families().contains(Family.IPV6);
    SocketProtocolFamily family = six ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop, loops)
            .channelFactory(() -> pod.sockets().create(() -> new EpollServerSocketChannel(family)))
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            // The next daemon listens beside this one before this one ends.
            .option(UnixChannelOption.SO_REUSEPORT, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(new AcceptedConnections(pod, server));
    return done(bootstrap.bind(new InetSocketAddress(six ? "::" : "0.0.0.0", port)), port);
  }

  private static CompletableFuture<Void> done(ChannelFuture bound, int port) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    bound.addListener(
        end -> {
          if (end.isSuccess()) {
            done.complete(null);
          } else {
            String reason = String.valueOf(end.cause().getMessage());
            done.completeExceptionally(
                new RefusedException(
                    "refused: cannot listen on port " + port + " in the pod: " + reason,
                    end.cause()));
          }
        });
    return done;
  }
}
