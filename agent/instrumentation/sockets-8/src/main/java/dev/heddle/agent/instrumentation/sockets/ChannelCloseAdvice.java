package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedChannel;
import java.nio.channels.SocketChannel;
import net.bytebuddy.asm.Advice;

/** Any channel is closed. */
public final class ChannelCloseAdvice {

  private ChannelCloseAdvice() {}

  /** A connection says goodbye first. */
  @Advice.OnMethodEnter(inline = false)
  public static void enter(@Advice.This Object channel) {
    if (channel instanceof SocketChannel) {
      ManagedChannel.closing(channel);
    }
  }
}
