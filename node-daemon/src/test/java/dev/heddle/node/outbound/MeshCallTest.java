package dev.heddle.node.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.mesh.TestMesh;
import dev.heddle.node.mesh.TestWorkload;
import dev.heddle.node.protocol.LocalReplies;
import dev.heddle.node.tls.MeshProtocol;
import dev.heddle.node.tls.MeshTls;
import dev.heddle.node.upstream.MeshChannels;
import dev.heddle.node.upstream.Originations;
import dev.heddle.policy.balance.Endpoint;
import dev.heddle.policy.snapshot.HostEndpoints;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.Mesh;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls to endpoints that speak mesh TLS. */
final class MeshCallTest {

  private final TestMesh mesh = new TestMesh();
  private final TestWorkload bob = mesh.workload("bob");
  private final MeshTls tls = MeshTls.create();
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private int serve() {
    Channel listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) throws SSLException {
                    channel
                        .pipeline()
                        .addLast(tls.server(channel.alloc(), bob, MeshProtocol.HTTP_1))
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(1_000))
                        .addLast(new Answer());
                  }
                })
            .bind(OutboundDaemon.loopback(0))
            .syncUninterruptibly()
            .channel();
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  private String call(String identity) throws IOException {
    MeshChannels secure =
        new MeshChannels(tls, new Originations(Path.of("no-such-directory"), System::nanoTime));
    try (OutboundDaemon daemon = new OutboundDaemon(OutboundDaemon.loopback(80), secure)) {
      daemon.workload.certified = mesh.workload("alice");
      Endpoint endpoint =
          Endpoint.builder()
              .address("127.0.0.1")
              .port(serve())
              .meshTls(true)
              .identities(List.of(identity))
              .build();
      daemon.workload.holds(
          Mesh.EMPTY
              .with(
                  HostRoutes.of(
                      "orders",
                      80,
                      List.of(Routes.toOrders().build()),
                      List.of(Routes.orders().build())))
              .with(HostEndpoints.of("orders", 80, List.of(endpoint))));
      try (RawClient client = new RawClient(daemon.port())) {
        client.send("GET / HTTP/1.1\r\nHost: orders\r\n\r\n");
        String first = client.response();
        client.send("GET / HTTP/1.1\r\nHost: orders\r\n\r\n");
        assertThat(client.response()).isEqualTo(first);
        return first;
      }
    }
  }

  @Test
  void anEndpointThatProvesItsIdentityIsCalledByMeshTls() throws IOException {
    assertThat(call(bob.identity().uri())).startsWith("HTTP/1.1 200").endsWith("\nmesh");
  }

  @Test
  void anEndpointThatIsSomebodyElseGetsNoRequest() throws IOException {
    assertThat(call("spiffe://cluster.local/ns/default/sa/mallory"))
        .startsWith("HTTP/1.1 503")
        .contains("heddle-reason: upstream_connect_failure\n");
  }

  private static final class Answer extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      context.writeAndFlush(LocalReplies.of(200, "test", "mesh"));
    }
  }
}
