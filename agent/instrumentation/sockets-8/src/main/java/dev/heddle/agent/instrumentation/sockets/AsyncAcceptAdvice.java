package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedAsyncChannel;
import java.io.IOException;
import java.nio.channels.AsynchronousSocketChannel;
import net.bytebuddy.asm.Advice;

/** An asynchronous server channel accepts. */
public final class AsyncAcceptAdvice {

  private AsyncAcceptAdvice() {}

  /** Mesh TLS or not is told by what comes. */
  @Advice.OnMethodExit(inline = false)
  public static void exit(@Advice.Return AsynchronousSocketChannel channel) throws IOException {
    ManagedAsyncChannel.accepted(channel, SunAsyncChannels::internals);
  }
}
