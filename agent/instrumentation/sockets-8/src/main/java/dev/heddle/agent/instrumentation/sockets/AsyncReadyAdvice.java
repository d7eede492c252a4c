package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedAsyncChannel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** An asynchronous channel is told what the kernel told its port. */
public final class AsyncReadyAdvice {

  private AsyncReadyAdvice() {}

  /** What that means for its operations. */
  @Advice.OnMethodEnter(inline = false)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static int enter(
      @Advice.FieldValue("heddle$attached") @Nullable Object attached,
      @Advice.Argument(0) int events) {
    return attached == null ? events : ((ManagedAsyncChannel) attached).ready(events);
  }
}
