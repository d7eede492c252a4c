package dev.heddle.node.outbound;

import dev.heddle.node.upstream.Relay;
import dev.heddle.node.upstream.Resets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;

/** A connection whose bytes are not looked at: passed on to where it was going. */
final class TcpDownstream extends ChannelInboundHandlerAdapter {

  private final OutboundLoop loop;
  private final SocketChannel channel;
  private final ArrayDeque<Object> early = new ArrayDeque<>(1);
  private boolean inputEnded;

  TcpDownstream(OutboundLoop loop, SocketChannel channel) {
    this.loop = loop;
    this.channel = channel;
  }

  /** Reads nothing more before the connection to the server stands. */
  void begin(Future<Channel> opening) {
    loop.metrics().tcpConnection();
    channel.config().setAutoRead(false);
    channel.pipeline().addLast(this);
    opening.addListener(
        done -> {
          if (done.isSuccess()) {
            join(opening.getNow());
          } else {
            Resets.send(channel); // what the app would see without us, a moment later
          }
        });
  }

  private void join(Channel upstream) {
    if (!channel.isActive()) {
      upstream.close();
      return;
    }
    Relay.join(channel, upstream, loop.clock());
    FirstWord.release(upstream);
    ChannelHandlerContext here = channel.pipeline().context(this);
    boolean had = !early.isEmpty();
    while (!early.isEmpty()) {
      here.fireChannelRead(early.poll());
    }
    if (had) {
      here.fireChannelReadComplete();
    }
    if (inputEnded) {
      here.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
    channel.pipeline().remove(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    early.add(bytes); // what was read to learn what is spoken, and no more
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    inputEnded = inputEnded || event == ChannelInputShutdownEvent.INSTANCE;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    early.forEach(ReferenceCountUtil::release);
    early.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    channel.close();
  }
}
