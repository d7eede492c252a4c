package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedChannel;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import net.bytebuddy.asm.Advice;

/** The socket adaptor of a channel connects. */
public final class BlockingConnectAdvice {

  private BlockingConnectAdvice() {}

  /** Now it is connected. */
  @Advice.OnMethodExit(inline = false)
  public static void exit(@Advice.This SocketChannel channel) throws IOException {
    ManagedChannel.connected(channel, SunChannels.INTERNALS);
  }
}
