package dev.heddle.agent.instrumentation.httpurlconnection;

import dev.heddle.agent.core.call.Adapters;
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
    try {
      return ManagedConnection.connectsLater(connection);
    } catch (Throwable e) { // the app's call goes on without us
      Adapters.failed(e);
      return false;
    }
  }
}
