package dev.heddle.agent.instrumentation.javahttpclient;

import net.bytebuddy.asm.Advice;

/** Where the pool is told how long it keeps an idle connection. */
public final class KeepAliveAdvice {

  private KeepAliveAdvice() {}

  /** Seconds. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(@Advice.AssignReturned.ToArguments.ToArgument(2))
  public static long enter(
      @Advice.Argument(0) Object connection, @Advice.Argument(2) long keepAlive) {
    return PooledConnections.seconds(connection, keepAlive);
  }
}
