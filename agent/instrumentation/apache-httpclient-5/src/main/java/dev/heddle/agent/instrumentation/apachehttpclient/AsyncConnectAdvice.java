package dev.heddle.agent.instrumentation.apachehttpclient;

import dev.heddle.agent.core.call.Adapters;
import net.bytebuddy.asm.Advice;

/** Takes a call of the async client over where its host is managed. */
public final class AsyncConnectAdvice {

  private AsyncConnectAdvice() {}

  /** True: the callback hears of a managed call. */
  @Advice.OnMethodEnter(
      inline = false,
      skipOn = Advice.OnNonDefaultValue.class,
      suppress = Throwable.class)
  public static boolean enter(
      @Advice.This Object handler,
      @Advice.Argument(0) Object request,
      @Advice.Argument(1) Object producer,
      @Advice.Argument(2) Object scope,
      @Advice.Argument(3) Object chain,
      @Advice.Argument(4) Object callback) {
    try {
      return AsyncCalls.begin(handler, request, producer, scope, chain, callback);
    } catch (Throwable e) { // the app's call goes on without us
      Adapters.failed(e);
      return false;
    }
  }
}
