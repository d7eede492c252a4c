package dev.heddle.agent.instrumentation.javahttpclient;

import net.bytebuddy.asm.Advice;

/** Remembers which endpoint the client's own copy of an attempt's request goes to. */
public final class RequestAdvice {

  private RequestAdvice() {}

  /** Behind the constructor that copies a request. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  public static void exit(@Advice.This Object copy, @Advice.Argument(0) Object request) {
    Endpoints.copied(copy, request);
  }
}
