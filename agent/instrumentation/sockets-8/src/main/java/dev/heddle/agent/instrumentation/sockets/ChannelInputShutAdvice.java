package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedChannel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A channel is closed for reading. */
public final class ChannelInputShutAdvice {

  private ChannelInputShutAdvice() {}

  /** The end that the app reads from now on is its own doing. */
  @Advice.OnMethodEnter(inline = false)
  public static void enter(@Advice.FieldValue("heddle$attached") @Nullable Object attached) {
    if (attached != null) {
      ((ManagedChannel) attached).inputIsShut();
    }
  }
}
