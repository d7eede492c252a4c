package dev.heddle.agent.instrumentation.jdkhttpserver;

import com.sun.net.httpserver.HttpExchange;
import dev.heddle.agent.core.inbound.InboundGate;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** A request is judged before its first filter runs. */
public final class GateAdvice {

  private GateAdvice() {}

  /** The refusal that was answered, for then the chain is not run; else null. */
  @Advice.OnMethodEnter(
      inline = false,
      skipOn = Advice.OnNonDefaultValue.class,
      suppress = Throwable.class)
  public static @Nullable Object enter(@Advice.Argument(0) Object exchange) {
    return InboundGate.isOpen() ? null : ExchangeGate.refused((HttpExchange) exchange);
  }
}
