package dev.heddle.agent.instrumentation.httpurlconnection;

import net.bytebuddy.asm.Advice;

/** Ends a call whose body the app was still writing. */
public final class DisconnectAdvice {

  private DisconnectAdvice() {}

  /** Before the connection lets go of what it has. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object connection) {
    ManagedConnection.disconnect(connection);
  }
}
