package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedChannel;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import net.bytebuddy.asm.Advice;

/** A channel connects, at once or in the end. */
public final class ChannelConnectAdvice {

  private ChannelConnectAdvice() {}

  /** Whether it is connected already, so that this call changes nothing. */
  @Advice.OnMethodEnter(inline = false)
  public static boolean enter(@Advice.This SocketChannel channel) {
    return channel.isConnected();
  }

  /** Now it is. */
  @Advice.OnMethodExit(inline = false)
  public static void exit(
      @Advice.This SocketChannel channel,
      @Advice.Enter boolean before,
      @Advice.Return boolean connected)
      throws IOException {
    if (connected && !before) {
      ManagedChannel.connected(channel, SunChannels.INTERNALS);
    }
  }
}
