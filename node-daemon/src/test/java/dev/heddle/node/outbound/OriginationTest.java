package dev.heddle.node.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.node.protocol.Http2Codecs;
import dev.heddle.node.tls.MeshTls;
import dev.heddle.node.upstream.MeshChannels;
import dev.heddle.node.upstream.Originations;
import dev.heddle.policy.identity.ClientTls;
import dev.heddle.policy.route.Destination;
import dev.heddle.policy.route.HttpRoute;
import dev.heddle.policy.snapshot.Cluster;
import dev.heddle.policy.snapshot.HostRoutes;
import dev.heddle.policy.snapshot.Mesh;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The TLS that DestinationRules ask for, to a server that tells what it saw of it. */
@SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end in CR LF
final class OriginationTest {

  private static final String GET = "GET / HTTP/1.1\r\nHost: orders\r\n\r\n";

  private static final String HOST = "orders.shop.svc.cluster.local";

  @TempDir Path files;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private X509Bundle root;
  private OutboundDaemon daemon;

  @BeforeEach
  void start() throws Exception {
    root =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=root")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    Files.writeString(files.resolve("root.pem"), root.getCertificatePEM());
    X509Bundle client = leaf("client");
    Files.writeString(files.resolve("client.pem"), client.getCertificatePathPEM());
    Files.writeString(files.resolve("client.key"), client.getPrivateKeyPEM());
    daemon =
        new OutboundDaemon(
            OutboundDaemon.loopback(80),
            new MeshChannels(MeshTls.create(), new Originations(files, System::nanoTime)));
  }

  @AfterEach
  void stop() {
    daemon.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private X509Bundle leaf(String name) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=" + name)
        .addSanDnsName(name)
        .addExtendedKeyUsageClientAuth()
        .addExtendedKeyUsageServerAuth()
        .buildIssuedBy(root);
  }

  /** A server by that name. */
  private int serve(String name, ClientAuth clientAuth) throws Exception {
    SslContext context =
        SslContextBuilder.forServer(leaf(name).toKeyManagerFactory())
            .sslProvider(SslProvider.JDK)
            .trustManager(root.getCertificate())
            .clientAuth(clientAuth)
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    "h2",
                    "http/1.1"))
            .build();
    Channel listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    Seen seen = new Seen();
                    channel
                        .pipeline()
                        .addLast(
                            new SniHandler(
                                server -> {
                                  seen.serverName = String.valueOf(server);
                                  return context;
                                }))
                        .addLast(new Spoken(seen));
                  }
                })
            .bind(OutboundDaemon.loopback(0))
            .syncUninterruptibly()
            .channel();
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  private ClientTls.Builder tls(ClientTls.Mode mode) {
    return ClientTls.builder().mode(mode).caCertificates(files.resolve("root.pem").toString());
  }

  private void holds(ClientTls tls, int port) {
    Destination whole = Destination.of(HOST, 80, "");
    HttpRoute route = HttpRoute.builder().destinations(List.of(Routes.to(whole, 1))).build();
    Cluster cluster = Cluster.builder().destination(whole).tls(tls).build();
    daemon.workload.holds(
        Mesh.EMPTY
            .with(HostRoutes.of("orders", 80, List.of(route), List.of(cluster)))
            .with(Routes.endpoints(HOST, port)));
  }

  private String ask() throws IOException {
    try (RawClient client = new RawClient(daemon.port())) {
      client.send(GET);
      return client.response();
    }
  }

  @Test
  void simpleShowsNoCertificateAndNamesTheHost() throws Exception {
    holds(tls(ClientTls.Mode.SIMPLE).build(), serve(HOST, ClientAuth.OPTIONAL));
    assertThat(ask()).endsWith("\nname=" + HOST + " alpn=null client=nobody");
  }

  @Test
  void mutualShowsItsOwn() throws Exception {
    holds(
        tls(ClientTls.Mode.MUTUAL)
            .clientCertificate(files.resolve("client.pem").toString())
            .privateKey(files.resolve("client.key").toString())
            .build(),
        serve(HOST, ClientAuth.REQUIRE));
    assertThat(ask()).endsWith("\nname=" + HOST + " alpn=null client=CN=client");
  }

  @Test
  void theNameOfARuleIsSentAndProved() throws Exception {
    int port = serve("api.example.com", ClientAuth.NONE);
    holds(tls(ClientTls.Mode.SIMPLE).sni("api.example.com").build(), port);
    assertThat(ask()).contains("name=api.example.com");
    holds(tls(ClientTls.Mode.SIMPLE).build(), port); // which is not orders
    assertThat(ask())
        .startsWith("HTTP/1.1 503")
        .contains("heddle-reason: upstream_connect_failure");
  }

  @Test
  void http2IsAskedFor() throws Exception {
    holds(tls(ClientTls.Mode.SIMPLE).build(), serve(HOST, ClientAuth.NONE));
    try (Http2Peer client = Http2Peer.client(daemon.port())) {
      FullHttpRequest request =
          new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
      request.headers().set("host", "orders");
      FullHttpResponse response = client.send(request).get(10, TimeUnit.SECONDS);
      assertThat(response.content().toString(UTF_8))
          .isEqualTo("name=" + HOST + " alpn=h2 client=nobody");
      response.release();
    }
  }

  @Test
  void aFileOutsideOfTheDirectoryIsNotRead() throws Exception {
    holds(
        tls(ClientTls.Mode.SIMPLE).caCertificates("/etc/hostname").build(),
        serve(HOST, ClientAuth.NONE));
    assertThat(ask()).startsWith("HTTP/1.1 503").contains("expected: a file of the node below");
  }

  private static final class Seen {
    String serverName = "";
  }

  /** Speaks what was agreed, and HTTP/1.1 where nothing was. */
  private static final class Spoken extends ApplicationProtocolNegotiationHandler {
    private final Seen seen;

    Spoken(Seen seen) {
      super("");
      this.seen = seen;
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol)
        throws SSLPeerUnverifiedException {
      SslHandler tls = context.pipeline().get(SslHandler.class);
      String told =
          "name="
              + seen.serverName
              + " alpn="
              + tls.applicationProtocol()
              + " client="
              + client(tls);
      if (protocol.equals("h2")) {
        Http2Codecs.server(
            context.channel(),
            stream ->
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel made) {
                    made.pipeline()
                        .addLast(new HttpObjectAggregator(1_000))
                        .addLast(new Tells(told));
                  }
                });
      } else {
        context
            .pipeline()
            .addLast(new HttpServerCodec())
            .addLast(new HttpObjectAggregator(1_000))
            .addLast(new Tells(told));
      }
    }

    private static String client(SslHandler tls) throws SSLPeerUnverifiedException {
      try {
        X509Certificate leaf = (X509Certificate) tls.engine().getSession().getPeerCertificates()[0];
        return leaf.getSubjectX500Principal().getName();
      } catch (SSLPeerUnverifiedException e) {
        return "nobody";
      }
    }
  }

  private static final class Tells extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final String what;

    Tells(String what) {
      this.what = what;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.copiedBuffer(what, UTF_8));
      response.headers().set("content-length", what.length());
      context.writeAndFlush(response);
    }
  }
}
