package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedSocket;
import java.io.InputStream;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** The app asks for what it reads from. */
public final class InputAdvice {

  private InputAdvice() {}

  /** The streams of a managed socket are the connection's. */
  @Advice.OnMethodExit(inline = false)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static InputStream exit(
      @Advice.FieldValue("heddle$attached") @Nullable Object attached,
      @Advice.Return InputStream returned) {
    return attached == null ? returned : ((ManagedSocket) attached).input();
  }
}
