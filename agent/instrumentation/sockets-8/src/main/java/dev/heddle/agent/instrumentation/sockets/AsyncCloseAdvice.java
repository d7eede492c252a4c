package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedAsyncChannel;
import net.bytebuddy.asm.Advice;

/** An asynchronous channel is closed. */
public final class AsyncCloseAdvice {

  private AsyncCloseAdvice() {}

  /** The peer is told before the kernel tells it. */
  @Advice.OnMethodEnter(inline = false)
  public static void enter(@Advice.This Object channel) {
    ManagedAsyncChannel managed = ManagedAsyncChannel.of(channel);
    if (managed != null) {
      managed.close();
    }
  }
}
