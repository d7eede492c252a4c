package dev.heddle.agent.instrumentation.jdkhttpserver;

import com.sun.net.httpserver.HttpExchange;
import dev.heddle.agent.core.context.CurrentContext;
import dev.heddle.agent.core.context.InboundRequests;
import dev.heddle.agent.core.context.RequestContext;
import dev.heddle.agent.core.inbound.InboundGate;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** The request's context holds while its filters and its handler run. */
public final class ChainAdvice {

  private ChainAdvice() {}

  /** The context begun here, or null: this is a chain within the request's chain. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Object exchange) {
    if (CurrentContext.get() != null) {
      return null;
    }
    try {
      RequestContext begun = ExchangeContext.of((HttpExchange) exchange);
      CurrentContext.replace(begun);
      return begun;
    } catch (Throwable e) { // its calls inherit nothing then; that is no reason to refuse it
      InboundRequests.failed(e);
      return null;
    }
  }

  /** The request is over on this thread. */
  @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class, suppress = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object begun) {
    if (begun != null) {
      CurrentContext.replace(null);
      if (!InboundGate.isOpen()) {
        ExchangeGate.forget();
      }
    }
  }
}
