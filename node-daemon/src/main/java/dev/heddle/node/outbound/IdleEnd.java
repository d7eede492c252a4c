package dev.heddle.node.outbound;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;

/** Ends a connection over which no byte went either way: Istio {@code tcp.idleTimeout}. */
final class IdleEnd extends IdleStateHandler {

  IdleEnd(long nanos) {
    super(0, 0, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
    context.close();
  }
}
