package dev.heddle.node.outbound;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** WebSocket between the JDK's client and Netty's server. */
final class WebSocketTest {

  private static final int MESSAGES = 2_000;

  @Test
  void messagesAndPingsPassBothWaysAtOnce() throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (OutboundDaemon daemon = new OutboundDaemon(serve(loops));
        HttpClient http = HttpClient.newHttpClient()) {
      Counting counting = new Counting();
      WebSocket socket =
          http.newWebSocketBuilder()
              .buildAsync(URI.create("ws://127.0.0.1:" + daemon.port() + "/chat"), counting)
              .get(10, TimeUnit.SECONDS);
      for (int i = 0; i < MESSAGES; i++) {
        socket.sendText("message " + i, true).get(10, TimeUnit.SECONDS);
        socket.sendPing(ByteBuffer.allocate(8).putInt(i).flip()).get(10, TimeUnit.SECONDS);
      }
      Waits.until(() -> counting.texts.get() == MESSAGES && counting.pongs.get() == MESSAGES);
      assertThat(counting.pings.get()).isEqualTo(MESSAGES);
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
      Waits.until(socket::isInputClosed);
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  private static InetSocketAddress serve(EventLoopGroup loops) {
    return (InetSocketAddress)
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec())
                        .addLast(new HttpObjectAggregator(1_000))
                        .addLast(new WebSocketServerProtocolHandler("/chat"))
                        .addLast(new EchoAndPing());
                  }
                })
            .bind(OutboundDaemon.loopback(0))
            .syncUninterruptibly()
            .channel()
            .localAddress();
  }

  private static final class EchoAndPing extends SimpleChannelInboundHandler<TextWebSocketFrame> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame message) {
      context.write(new PingWebSocketFrame(Unpooled.copyInt(1)));
      context.writeAndFlush(message.retain());
    }
  }

  private static final class Counting implements WebSocket.Listener {
    final AtomicInteger texts = new AtomicInteger();
    final AtomicInteger pings = new AtomicInteger();
    final AtomicInteger pongs = new AtomicInteger();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      if (last) {
        texts.incrementAndGet();
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
      pings.incrementAndGet();
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      pongs.incrementAndGet();
      socket.request(1);
      return null;
    }
  }
}
