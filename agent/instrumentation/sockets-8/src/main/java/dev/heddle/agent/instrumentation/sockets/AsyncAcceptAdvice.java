package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.AsynchronousChannels;
import java.io.IOException;
import java.nio.channels.AsynchronousSocketChannel;
import net.bytebuddy.asm.Advice;

/** An asynchronous server channel accepts. */
public final class AsyncAcceptAdvice {

  private AsyncAcceptAdvice() {}

  /** Not where mesh TLS is required. */
  @Advice.OnMethodExit(inline = false)
  public static void exit(@Advice.Return AsynchronousSocketChannel channel) throws IOException {
    AsynchronousChannels.accepted(channel);
  }
}
