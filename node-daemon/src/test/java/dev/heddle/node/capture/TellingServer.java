package dev.heddle.node.capture;

import dev.heddle.node.pod.CapturedConnection;
import dev.heddle.node.pod.ConnectionServer;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;

/** Answers each connection with where it was going, or with what is said there. */
final class TellingServer implements ConnectionServer {

  private final String name;
  private final boolean relays;

  private TellingServer(String name, boolean relays) {
    this.name = name;
    this.relays = relays;
  }

  /** Says its name and the destination. */
  static TellingServer tells(String name) {
    return new TellingServer(name, false);
  }

  /** Connects to the destination out of the pod, and copies what comes from there. */
  static TellingServer relays() {
    return new TellingServer("", true);
  }

  @Override
  public void serve(SocketChannel accepted, CapturedConnection connection) {
    if (relays) {
      relay(accepted, connection);
    } else {
      InetSocketAddress to = connection.destination();
      String line = name + " " + to.getAddress().getHostAddress() + " " + to.getPort() + "\n";
      accepted.writeAndFlush(ByteBufUtil.writeAscii(accepted.alloc(), line));
    }
    accepted.pipeline().addLast(new EndOfBoth());
    accepted.config().setAutoRead(true);
  }

  private static void relay(SocketChannel accepted, CapturedConnection connection) {
    new Bootstrap()
        .group(accepted.eventLoop())
        .channelFactory(connection.pod().connections())
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel upstream) {
                upstream.pipeline().addLast(new Copy(accepted));
              }
            })
        .connect(connection.destination());
  }

  private static final class EndOfBoth extends ChannelInboundHandlerAdapter {
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof ChannelInputShutdownEvent) {
        context.close();
      }
    }
  }

  private static final class Copy extends ChannelInboundHandlerAdapter {
    private final Channel to;

    Copy(Channel to) {
      this.to = to;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      to.writeAndFlush(message);
    }
  }
}
