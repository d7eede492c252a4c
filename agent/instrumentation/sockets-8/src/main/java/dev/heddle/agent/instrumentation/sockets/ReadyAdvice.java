package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedChannel;
import java.nio.channels.SelectionKey;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A selector tells what the kernel told it. */
public final class ReadyAdvice {

  private ReadyAdvice() {}

  /** What that means for the app. */
  @Advice.OnMethodEnter(inline = false)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(0))
  public static int enter(
      @Advice.FieldValue("heddle$attached") @Nullable Object attached,
      @Advice.Argument(0) int events,
      @Advice.Argument(2) Object key) {
    return attached == null
        ? events
        : ((ManagedChannel) attached).ready(events, (SelectionKey) key);
  }
}
