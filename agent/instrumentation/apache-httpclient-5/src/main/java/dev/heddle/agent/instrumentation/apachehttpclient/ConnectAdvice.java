package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.Adapters;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Takes a call of the classic client over where its host is managed. */
public final class ConnectAdvice {

  private ConnectAdvice() {}

  /** What came of the managed call, {response, exception}, or null: the call goes its own way. */
  @Advice.OnMethodEnter(
      inline = false,
      skipOn = Advice.OnNonDefaultValue.class,
      suppress = Throwable.class)
  public static Object @Nullable [] enter(
      @Advice.This Object handler,
      @Advice.Argument(0) Object request,
      @Advice.Argument(1) Object scope,
      @Advice.Argument(2) Object chain) {
    try {
      return ClassicCalls.run(handler, request, scope, chain);
    } catch (Throwable e) { // the app's call goes on without us
      Adapters.failed(e);
      return null;
    }
  }

  /** What execute returns or throws then. */
  @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(index = 0, typing = Assigner.Typing.DYNAMIC)
  @Advice.AssignReturned.ToThrown(index = 1, typing = Assigner.Typing.DYNAMIC)
  public static Object @Nullable [] exit(@Advice.Enter Object @Nullable [] managed) {
    return managed;
  }
}
