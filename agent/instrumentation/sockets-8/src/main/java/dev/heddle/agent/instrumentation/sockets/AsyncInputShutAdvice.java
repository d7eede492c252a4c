package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedAsyncChannel;
import net.bytebuddy.asm.Advice;

/** An asynchronous channel's input is closed. */
public final class AsyncInputShutAdvice {

  private AsyncInputShutAdvice() {}

  /** The end that the app reads from now on is its own doing. */
  @Advice.OnMethodEnter(inline = false)
  public static void enter(@Advice.This Object channel) {
    ManagedAsyncChannel managed = ManagedAsyncChannel.of(channel);
    if (managed != null) {
      managed.inputIsShut();
    }
  }
}
