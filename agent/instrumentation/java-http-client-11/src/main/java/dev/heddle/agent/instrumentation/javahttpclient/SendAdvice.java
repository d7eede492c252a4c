package dev.heddle.agent.instrumentation.javahttpclient;

import dev.heddle.agent.core.call.Adapters;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** Takes a call over where its host is managed. */
public final class SendAdvice {

  private SendAdvice() {}

  /** The managed call's future, or null: the call goes its own way. */
  @SuppressWarnings("FutureReturnValueIgnored") // it is returned, as the Object that weaving needs
  @Advice.OnMethodEnter(
      inline = false,
      skipOn = Advice.OnNonDefaultValue.class,
      suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object client,
      @Advice.Argument(0) Object request,
      @Advice.Argument(1) Object handler,
      @Advice.Argument(2) Object pushHandler,
      @Advice.Argument(3) Object executor) {
    try {
      return ManagedSend.begin(client, request, handler, pushHandler, executor);
    } catch (Throwable e) { // the app's call goes on without us
      Adapters.failed(e);
      return null;
    }
  }

  /** What sendAsync returns then. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(
      typing = net.bytebuddy.implementation.bytecode.assign.Assigner.Typing.DYNAMIC)
  public static Object exit(@Advice.Enter Object managed, @Advice.Return Object returned) {
    return managed == null ? returned : managed;
  }
}
