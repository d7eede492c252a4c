package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedAsyncChannel;
import java.io.IOException;
import java.nio.channels.AsynchronousSocketChannel;
import net.bytebuddy.asm.Advice;

/** An asynchronous channel is connected. */
public final class AsyncConnectedAdvice {

  private AsyncConnectedAdvice() {}

  /** The handshake begins. */
  @Advice.OnMethodExit(inline = false)
  public static void exit(@Advice.This AsynchronousSocketChannel channel) throws IOException {
    ManagedAsyncChannel.connected(channel, SunAsyncChannels::internals);
  }
}
