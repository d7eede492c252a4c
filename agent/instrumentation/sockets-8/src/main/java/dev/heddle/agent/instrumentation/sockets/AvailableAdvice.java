package dev.heddle.agent.instrumentation.sockets;

import dev.heddle.agent.core.socket.ManagedChannel;
import java.io.IOException;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A stream of a channel is asked what can be read at once. */
public final class AvailableAdvice {

  private AvailableAdvice() {}

  /** Of the app's bytes, not of the kernel's. */
  @Advice.OnMethodExit(inline = false)
  @Advice.AssignReturned.ToReturned
  @Advice.AssignReturned.AsScalar(skipOnDefaultValue = false)
  public static int exit(
      @Advice.FieldValue("heddle$attached") @Nullable Object attached, @Advice.Return int ofKernel)
      throws IOException {
    return attached == null ? ofKernel : ((ManagedChannel) attached).available(ofKernel);
  }
}
