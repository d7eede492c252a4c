package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedSocket;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A socket is closed. */
public final class SocketCloseAdvice {

  private SocketCloseAdvice() {}

  /** The peer is told before the kernel tells it. */
  @Advice.OnMethodEnter(inline = false)
  public static void enter(@Advice.FieldValue("heddle$attached") @Nullable Object attached) {
    if (attached != null) {
      ((ManagedSocket) attached).close();
    }
  }
}
