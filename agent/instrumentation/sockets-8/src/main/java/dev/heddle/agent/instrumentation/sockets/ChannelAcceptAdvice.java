package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedChannel;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A server channel accepts. */
public final class ChannelAcceptAdvice {

  private ChannelAcceptAdvice() {}

  /** The new channel; null: nobody was there. */
  @Advice.OnMethodExit(inline = false)
  public static void exit(@Advice.Return @Nullable SocketChannel channel) throws IOException {
    if (channel != null) {
      ManagedChannel.accepted(channel, SunChannels.INTERNALS);
    }
  }
}
