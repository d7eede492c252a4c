package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedChannel;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A channel is closed for writing. */
public final class ChannelGoodbyeAdvice {

  private ChannelGoodbyeAdvice() {}

  /** The peer is told before the kernel tells it. */
  @Advice.OnMethodEnter(inline = false)
  public static void enter(@Advice.FieldValue("heddle$attached") @Nullable Object attached) {
    if (attached != null) {
      ((ManagedChannel) attached).sayGoodbye();
    }
  }
}
