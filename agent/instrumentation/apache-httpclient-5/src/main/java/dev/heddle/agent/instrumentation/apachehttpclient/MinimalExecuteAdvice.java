package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.Adapters;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Takes a call of the minimal async client over where its host is managed. */
public final class MinimalExecuteAdvice {

  private MinimalExecuteAdvice() {}

  /** What cancels the call, or null: it goes its own way. */
  @Advice.OnMethodEnter(
      inline = false,
      skipOn = Advice.OnNonDefaultValue.class,
      suppress = Throwable.class)
  public static @Nullable Object enter(
      @Advice.This Object client,
      @Advice.Argument(0) Object handler,
      @Advice.Argument(1) @Nullable Object pushHandlers,
      @Advice.Argument(2) @Nullable Object context) {
    try {
      return MinimalCalls.begin(client, handler, pushHandlers, context);
    } catch (Throwable e) { // the app's call goes on without us
      Adapters.failed(e);
      return null;
    }
  }

  /** What execute returns then. */
  @Advice.OnMethodExit(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static Object exit(
      @Advice.Enter @Nullable Object managed, @Advice.Return Object returned) {
    return managed == null ? returned : managed;
  }
}
