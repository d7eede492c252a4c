package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedChannel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A selector learns what to wait for. */
public final class InterestAdvice {

  private InterestAdvice() {}

  /** What it takes to give the app what it waits for. */
  @Advice.OnMethodEnter(inline = false)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static int enter(
      @Advice.FieldValue("heddle$attached") @Nullable Object attached,
      @Advice.Argument(0) int ops) {
    return attached == null ? ops : ((ManagedChannel) attached).interest(ops);
  }
}
