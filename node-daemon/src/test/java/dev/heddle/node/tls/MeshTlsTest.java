package dev.heddle.node.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.node.mesh.TestMesh;
import dev.heddle.node.mesh.TestWorkload;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import io.netty.util.concurrent.Future;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Handshakes on loopback, of each library with each. */
final class MeshTlsTest {

  private static final String SERVER_NAME = "outbound_.80_._.bob.default.svc.cluster.local";
  private static final int SECONDS = 20;

  private final TestMesh mesh = new TestMesh();
  private final TestWorkload alice = mesh.workload("alice");
  private final TestWorkload bob = mesh.workload("bob");
  private final BlockingQueue<SslHandler> accepted = new LinkedBlockingQueue<>();
  private EventLoopGroup loops;

  static Stream<Arguments> libraries() {
    List<Arguments> pairs = new ArrayList<>();
    for (SslProvider client : List.of(SslProvider.OPENSSL_REFCNT, SslProvider.JDK)) {
      for (SslProvider server : List.of(SslProvider.OPENSSL_REFCNT, SslProvider.JDK)) {
        pairs.add(Arguments.of(client, server));
      }
    }
    return pairs.stream();
  }

  @BeforeEach
  void start() {
    loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  }

  @AfterEach
  void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void theNativeLibraryLoadsHere() {
    assertThat(OpenSsl.isAvailable()).isTrue();
    assertThat(MeshTls.create().library()).isEqualTo("BoringSSL");
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void bothEndsKnowWhoTheOtherIsAndWhatIsSpoken(SslProvider client, SslProvider server)
      throws Exception {
    Channel listener = serve(MeshTls.of(server), MeshProtocol.HTTP_1);
    for (MeshProtocol protocol : MeshProtocol.values()) {
      Exchange exchange = call(MeshTls.of(client), listener, protocol, Set.of(uri("bob")));
      SslHandler called = accepted.poll(SECONDS, TimeUnit.SECONDS);

      assertThat(exchange.say("hello")).isEqualTo("hello");
      assertThat(MeshTls.peer(exchange.tls).uri()).isEqualTo(uri("bob"));
      assertThat(MeshTls.peer(called).uri()).isEqualTo(uri("alice"));
      assertThat(MeshTls.protocol(exchange.tls)).isEqualTo(protocol);
      assertThat(MeshTls.protocol(called)).isEqualTo(protocol);
      exchange.close();
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void sessionsAreResumedAndSoAreIdentities(SslProvider client, SslProvider server)
      throws Exception {
    MeshTls caller = MeshTls.of(client);
    Channel listener = serve(MeshTls.of(server), MeshProtocol.HTTP_1);
    for (int i = 0; i < 3; i++) {
      Exchange exchange = call(caller, listener, MeshProtocol.HTTP_1, Set.of(uri("bob")));
      exchange.say("hello"); // tickets come with the first answer
      assertThat(MeshTls.peer(exchange.tls).uri()).isEqualTo(uri("bob"));
      assertThat(MeshTls.peer(accepted.poll(SECONDS, TimeUnit.SECONDS)).uri())
          .isEqualTo(uri("alice"));
      exchange.close();
    }
    assertThat(caller.counts().full()).isEqualTo(1);
    assertThat(caller.counts().resumed()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aPeerThatIsNotExpectedIsRefusedAlsoWhereASessionIsHeld(
      SslProvider client, SslProvider server) throws Exception {
    MeshTls caller = MeshTls.of(client);
    Channel listener = serve(MeshTls.of(server), MeshProtocol.HTTP_1);
    Exchange any = call(caller, listener, MeshProtocol.HTTP_1, Set.of());
    any.say("hello");
    any.close();

    assertThatThrownBy(
            () -> call(caller, listener, MeshProtocol.HTTP_1, Set.of(uri("carol"), uri("dave"))))
        .isInstanceOf(SSLException.class)
        .hasStackTraceContaining("the peer is " + uri("bob"));
    awaitFailure(caller, TlsCounts.Failure.IDENTITY);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void nobodyOfAnotherMeshIsBelieved(SslProvider client, SslProvider server) throws Exception {
    MeshTls callee = MeshTls.of(server);
    Channel listener = serve(callee, MeshProtocol.HTTP_1);
    alice.present(new TestMesh().certificate("alice"));

    assertRefused(call(MeshTls.of(client), listener, MeshProtocol.HTTP_1, Set.of()));
    bob.present(new TestMesh().certificate("bob"));
    assertThatThrownBy(() -> call(MeshTls.of(client), listener, MeshProtocol.HTTP_1, Set.of()))
        .isInstanceOf(SSLException.class);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void anExpiredCertificateIsRefused(SslProvider client, SslProvider server) throws Exception {
    Channel listener = serve(MeshTls.of(server), MeshProtocol.HTTP_1);
    alice.present(mesh.expired("alice"));
    assertRefused(call(MeshTls.of(client), listener, MeshProtocol.HTTP_1, Set.of()));
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aNewCertificateIsShownByNewConnectionsAndOldOnesGoOn(SslProvider client, SslProvider server)
      throws Exception {
    MeshTls caller = MeshTls.of(client);
    Channel listener = serve(MeshTls.of(server), MeshProtocol.HTTP_1);
    Exchange before = call(caller, listener, MeshProtocol.HTTP_1, Set.of(uri("bob")));
    before.say("hello");

    bob.present(mesh.certificate("robert"));
    Exchange after = call(caller, listener, MeshProtocol.HTTP_1, Set.of(uri("robert")));

    assertThat(MeshTls.peer(after.tls).uri()).isEqualTo(uri("robert"));
    assertThat(before.say("hello again")).isEqualTo("hello again");
    assertThat(after.say("hello")).isEqualTo("hello");
  }

  @Test
  void withoutCertificateNoHandlerIsMade() {
    alice.present(null);
    assertThatThrownBy(
            () ->
                MeshTls.create()
                    .client(
                        UnpooledByteBufAllocator.DEFAULT,
                        alice,
                        peer(new InetSocketAddress(1), MeshProtocol.TCP, Set.of())))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("has no certificate");
  }

  @Test
  void eachEndOfAStreamMayCloseItsDirectionFirst() throws Exception {
    MeshTls tls = MeshTls.create();
    Channel listener = serve(tls, MeshProtocol.TCP);
    Exchange exchange = call(tls, listener, MeshProtocol.TCP, Set.of());
    exchange.say("hello");

    exchange.tls.closeOutbound().sync();
    assertThat(exchange.heard.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo("you have closed");
    exchange.close();
  }

  @Test
  void aHandshakeThatDoesNotEndIsEnded() throws Exception {
    MeshTls tls = MeshTls.impatient(SslProvider.JDK, 100);
    Channel listener = serve(tls, MeshProtocol.TCP);
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port(listener))) {
      silent.setSoTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS));
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
    awaitFailure(tls, TlsCounts.Failure.TIMEOUT);
  }

  @Test
  void noMoreHandshakesAreBegunThanHaveAPlace() throws Exception {
    MeshTls tls = MeshTls.create();
    for (int i = 0; i < MeshTls.MAX_ACCEPTED_HANDSHAKES; i++) {
      tls.server(UnpooledByteBufAllocator.DEFAULT, bob, MeshProtocol.TCP);
    }
    assertThatThrownBy(() -> tls.server(UnpooledByteBufAllocator.DEFAULT, bob, MeshProtocol.TCP))
        .hasMessageContaining("handshakes at once");
    assertThat(tls.counts().failed(TlsCounts.Failure.OVERLOAD)).isEqualTo(1);
  }

  @Test
  void opensslSpeaksWithIt() throws Exception {
    Channel listener = serve(MeshTls.create(), MeshProtocol.HTTP_1);
    X509Bundle carol = mesh.bundle("carol");
    File certificate = carol.toTempCertChainPem();
    File key = carol.toTempPrivateKeyPem();
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "s_client",
                "-quiet",
                "-connect",
                "127.0.0.1:" + port(listener),
                "-tls1_3",
                "-alpn",
                "istio-http/1.1,istio",
                "-cert",
                certificate.getPath(),
                "-key",
                key.getPath())
            .redirectErrorStream(true)
            .start();
    try {
      openssl.getOutputStream().write("hello\n".getBytes(US_ASCII));
      openssl.getOutputStream().flush();
      SslHandler called = accepted.poll(SECONDS, TimeUnit.SECONDS);
      assertThat(MeshTls.peer(called).uri()).isEqualTo(uri("carol"));
      assertThat(MeshTls.protocol(called)).isEqualTo(MeshProtocol.HTTP_1);
      assertThat(openssl.inputReader().lines().anyMatch("hello"::equals)).isTrue();
    } finally {
      openssl.destroy();
    }
  }

  /** In TLS 1.3 a client is done before it hears what is thought of its certificate. */
  private static void assertRefused(Exchange exchange) throws Exception {
    assertThat(exchange.heard.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo("closed");
  }

  private static void awaitFailure(MeshTls tls, TlsCounts.Failure reason) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (tls.counts().failed(reason) == 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(tls.counts().failed(reason)).isEqualTo(1);
  }

  private static String uri(String account) {
    return TestMesh.uri(account);
  }

  private static int port(Channel listener) {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  private static MeshPeer peer(
      InetSocketAddress address, MeshProtocol protocol, Set<String> identities) {
    return new MeshPeer(address, identities, SERVER_NAME, protocol);
  }

  private Channel serve(MeshTls tls, MeshProtocol protocol) {
    return new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) throws SSLException {
                SslHandler handler = tls.server(channel.alloc(), bob, protocol);
                handler
                    .handshakeFuture()
                    .addListener(
                        (Future<Channel> ended) -> {
                          if (ended.isSuccess()) {
                            accepted.add(handler);
                          }
                        });
                channel.pipeline().addLast(handler, new Echo());
              }
            })
        .bind(InetAddress.getLoopbackAddress(), 0)
        .syncUninterruptibly()
        .channel();
  }

  private Exchange call(
      MeshTls tls, Channel listener, MeshProtocol protocol, Set<String> identities)
      throws Exception {
    InetSocketAddress address = (InetSocketAddress) listener.localAddress();
    SslHandler handler =
        tls.client(UnpooledByteBufAllocator.DEFAULT, alice, peer(address, protocol, identities));
    Exchange exchange = new Exchange(handler);
    new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(handler, exchange);
              }
            })
        .connect(address)
        .sync();
    handler.handshakeFuture().sync();
    return exchange;
  }

  /** Says back what it hears, and that it heard the end. */
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event == SslCloseCompletionEvent.SUCCESS) {
        context.writeAndFlush(Unpooled.copiedBuffer("you have closed", US_ASCII));
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  /** The calling end. */
  private static final class Exchange extends ChannelInboundHandlerAdapter {
    final SslHandler tls;
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private volatile @Nullable Channel channel;

    Exchange(SslHandler tls) {
      this.tls = tls;
    }

    String say(String text) throws InterruptedException {
      open().writeAndFlush(Unpooled.copiedBuffer(text, US_ASCII));
      return heard.poll(SECONDS, TimeUnit.SECONDS);
    }

    void close() {
      open().close().syncUninterruptibly();
    }

    private Channel open() {
      return Objects.requireNonNull(channel, "a channel that is active");
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      channel = context.channel();
      context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      heard.add(new String(ByteBufUtil.getBytes(bytes), US_ASCII));
      bytes.release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      heard.add("closed");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
