package dev.heddle.node.outbound;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;

/** Hears whether a server speaks before its client, and keeps what it says for the client. */
final class FirstWord extends ChannelInboundHandlerAdapter {

  private final Runnable spoken;
  private final ArrayDeque<Object> said = new ArrayDeque<>(1);
  private boolean ended;
  private boolean told;

  private FirstWord(Runnable spoken) {
    this.spoken = spoken;
  }

  /** Tells once, when the server speaks or ends. */
  static void hear(Channel server, Runnable spoken) {
    server.pipeline().addLast(new FirstWord(spoken));
    server.config().setAutoRead(true);
  }

  /** Hands what was kept to the handlers behind; nothing where nobody listened. */
  static void release(Channel server) {
    FirstWord first = server.pipeline().get(FirstWord.class);
    if (first == null) {
      return;
    }
    first.told = true;
    ChannelHandlerContext context = server.pipeline().context(first);
    boolean any = !first.said.isEmpty();
    while (!first.said.isEmpty()) {
      context.fireChannelRead(first.said.poll());
    }
    if (any) {
      context.fireChannelReadComplete();
    }
    if (first.ended) {
      context.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
    server.pipeline().remove(first);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    said.add(bytes);
    context.channel().config().setAutoRead(false);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (!said.isEmpty()) {
      tell();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      ended = true;
      tell();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    said.forEach(ReferenceCountUtil::release);
    said.clear();
    tell();
  }

  private void tell() {
    if (!told) {
      told = true;
      spoken.run();
    }
  }
}
