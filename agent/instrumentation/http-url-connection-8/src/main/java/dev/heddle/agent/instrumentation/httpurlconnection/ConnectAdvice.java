package dev.heddle.agent.instrumentation.httpurlconnection;

import net.bytebuddy.asm.Advice;

/** A managed connection connects when its call has chosen an endpoint, not before. */
public final class ConnectAdvice {

  private ConnectAdvice() {}

  /** True: nothing is connected now. */
  @Advice.OnMethodEnter(
      inline = false,
      skipOn = Advice.OnNonDefaultValue.class,
      suppress = Throwable.class)
  public static boolean enter(@Advice.This Object connection) {
    return ManagedConnection.connectsLater(connection);
  }
}
