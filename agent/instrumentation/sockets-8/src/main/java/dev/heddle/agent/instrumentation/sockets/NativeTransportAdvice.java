package dev.heddle.agent.instrumentation.sockets;

import net.bytebuddy.asm.Advice;

/** A library asks whether it may leave the JDK's sockets for its own. */
public final class NativeTransportAdvice {

  private NativeTransportAdvice() {}

  /** It may not: what passes there passes in plain text. */
  @Advice.OnMethodExit(inline = false)
  @Advice.AssignReturned.ToReturned
  @Advice.AssignReturned.AsScalar(skipOnDefaultValue = false)
  public static boolean exit() {
    return false;
  }
}
