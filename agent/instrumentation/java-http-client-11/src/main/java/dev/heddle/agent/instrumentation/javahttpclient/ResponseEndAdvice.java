package dev.heddle.agent.instrumentation.javahttpclient;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Where a response is whole: its connection has carried one more request. */
public final class ResponseEndAdvice {

  private ResponseEndAdvice() {}

  /** In front of giving the connection back. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(
      @Advice.FieldValue(value = "request", typing = Assigner.Typing.DYNAMIC) Object copy,
      @Advice.FieldValue(value = "connection", typing = Assigner.Typing.DYNAMIC)
          Object connection) {
    PooledConnections.answered(copy, connection);
  }
}
