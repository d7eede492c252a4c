package dev.heddle.agent.instrumentation.httpurlconnection;

import net.bytebuddy.asm.Advice;

/** Where the JDK asks how long it may keep a connection. */
public final class KeepAliveAdvice {

  private KeepAliveAdvice() {}

  /** Seconds. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned
  public static int exit(@Advice.This Object client, @Advice.Return int own) {
    return KeepAlive.seconds(client, own);
  }
}
