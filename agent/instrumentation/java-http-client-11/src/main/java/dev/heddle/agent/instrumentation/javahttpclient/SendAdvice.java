package dev.heddle.agent.instrumentation.javahttpclient;

import net.bytebuddy.asm.Advice;

/** Takes a call over where its host is managed. */
public final class SendAdvice {

  private SendAdvice() {}

  /** The managed call's future, or null: the call goes its own way. */
  @Advice.OnMethodEnter(
      inline = false,
      skipOn = Advice.OnNonDefaultValue.class,
      suppress = Throwable.class)
  public static Object enter(
      @Advice.This Object client,
      @Advice.Argument(0) Object request,
      @Advice.Argument(1) Object handler,
      @Advice.Argument(2) Object pushHandler,
      @Advice.Argument(3) Object executor) {
    return ManagedSend.begin(client, request, handler, pushHandler, executor);
  }

  /** What sendAsync returns then. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(
      typing = net.bytebuddy.implementation.bytecode.assign.Assigner.Typing.DYNAMIC)
  public static Object exit(@Advice.Enter Object managed, @Advice.Return Object returned) {
    return managed == null ? returned : managed;
  }
}
