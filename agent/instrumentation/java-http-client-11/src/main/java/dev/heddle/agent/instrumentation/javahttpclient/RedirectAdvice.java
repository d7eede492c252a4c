package dev.heddle.agent.instrumentation.javahttpclient;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** Keeps the client from following a redirect inside an attempt: each hop is a call of its own. */
public final class RedirectAdvice {

  private RedirectAdvice() {}

  /** True: there is no redirect to follow here. */
  @Advice.OnMethodEnter(
      inline = false,
      skipOn = Advice.OnNonDefaultValue.class,
      suppress = Throwable.class)
  public static boolean enter(
      @Advice.FieldValue(value = "request", typing = Assigner.Typing.DYNAMIC) Object request) {
    return EndpointProxy.of(request) != null;
  }
}
