package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedSocket;
import java.io.OutputStream;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** The app asks for what it writes to. */
public final class OutputAdvice {

  private OutputAdvice() {}

  /** The streams of a managed socket are the connection's. */
  @Advice.OnMethodExit(inline = false)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static OutputStream exit(
      @Advice.FieldValue("heddle$attached") @Nullable Object attached,
      @Advice.Return OutputStream returned) {
    return attached == null ? returned : ((ManagedSocket) attached).output();
  }
}
