package dev.heddle.node.dns;

import dev.heddle.node.pod.CapturedConnection;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The connection to a resolver behind one of a client; they end together. */
final class TcpResolver extends SimpleChannelInboundHandler<ByteBuf> {

  /** As with datagrams: {@code Question}. */
  private static final int CONNECT_MILLIS = 2_000;

  private final TcpQueries client;
  private final CapturedConnection connection;
  private final DnsCounts counts;
  private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>(1);
  private @Nullable Channel channel;
  private boolean connected;
  private int asked;

  TcpResolver(TcpQueries client, CapturedConnection connection, DnsCounts counts) {
    this.client = client;
    this.connection = connection;
    this.counts = counts;
  }

  /** What is asked before it stands waits; the client is read no further. */
  void connect(EventLoop loop) {
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channelFactory(connection.pod().connections())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel opened) {
                    TcpQueries.frame(opened);
                    opened.pipeline().addLast(TcpResolver.this);
                  }
                })
            .connect(connection.destination());
    channel = connecting.channel();
    client.regulate();
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            connected = true;
            waiting.forEach(connecting.channel()::write);
            waiting.clear();
            connecting.channel().flush();
            client.regulate();
          } else {
            client.end();
          }
        });
  }

  /** Takes the query over. */
  void ask(ByteBuf query) {
    asked++;
    counts.forwarded.increment();
    if (connected && channel != null) {
      channel.writeAndFlush(query);
    } else {
      waiting.add(query);
    }
  }

  boolean takesMore() {
    return connected && channel != null && channel.isWritable();
  }

  /** Whether there are queries without an answer. */
  boolean isAsked() {
    return asked > 0;
  }

  void read(boolean wanted) {
    if (connected && channel != null && channel.isActive()) {
      channel.config().setAutoRead(wanted);
    }
  }

  /** The client is gone. */
  void close() {
    counts.unanswered.add(asked);
    asked = 0;
    waiting.forEach(ByteBuf::release);
    waiting.clear();
    if (channel != null && channel.isRegistered()) {
      channel.close();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf answer) {
    if (asked > 0) { // a transfer of a zone is one query and many answers
      asked--;
      counts.answered.increment();
    }
    client.answered(answer.retain());
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    client.regulate();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (connected) {
      client.end();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
