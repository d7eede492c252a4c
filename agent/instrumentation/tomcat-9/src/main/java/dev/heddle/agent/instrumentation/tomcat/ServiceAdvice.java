package dev.heddle.agent.instrumentation.tomcat;

import dev.heddle.agent.core.context.CurrentContext;
import dev.heddle.agent.core.context.InboundRequests;
import dev.heddle.agent.core.inbound.InboundGate;
import net.bytebuddy.asm.Advice;
import org.apache.coyote.Request;

/** The request's context holds while the container serves it on this thread. */
public final class ServiceAdvice {

  private ServiceAdvice() {}

  /** Begins it; an asynchronous request begins again on each thread that the container gives it. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.Argument(0) Object request) {
    CurrentContext.replace(null);
    if (!InboundGate.isOpen()) {
      CoyoteRequest.arrives((Request) request);
    }
    try {
      CurrentContext.replace(CoyoteContext.of((Request) request));
    } catch (Throwable e) { // its calls inherit nothing then; that is no reason to refuse it
      InboundRequests.failed(e);
    }
  }

  /** The request is over on this thread. */
  @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class, suppress = Throwable.class)
  public static void exit(@Advice.Argument(0) Object request) {
    CurrentContext.replace(null);
    CoyoteRequest.leaves((Request) request);
  }
}
