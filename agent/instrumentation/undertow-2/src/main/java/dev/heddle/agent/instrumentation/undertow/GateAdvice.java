package dev.heddle.agent.instrumentation.undertow;

import dev.heddle.agent.core.inbound.InboundGate;
import io.undertow.server.HttpServerExchange;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** A request is judged before the first handler sees it. */
public final class GateAdvice {

  private GateAdvice() {}

  /** The handler that serves the request: the app's, or one that refuses. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  @Advice.AssignReturned.ToArguments(
      @Advice.AssignReturned.ToArguments.ToArgument(value = 0, typing = Assigner.Typing.DYNAMIC))
  public static @Nullable Object enter(
      @Advice.Argument(0) @Nullable Object root, @Advice.Argument(1) Object exchange) {
    if (InboundGate.isOpen()) {
      return root;
    }
    Object refusing = ExchangeGate.refusing((HttpServerExchange) exchange);
    return refusing == null ? root : refusing;
  }
}
