package dev.heddle.agent.instrumentation.tomcat;

import dev.heddle.agent.core.inbound.InboundGate;
import net.bytebuddy.asm.Advice;
import org.apache.tomcat.util.net.AbstractEndpoint;

/** A port is about to accept whose requests are judged one by one. */
public final class PortAdvice {

  private PortAdvice() {}

  /** It is bound by now. */
  @Advice.OnMethodEnter(inline = false, suppress = Throwable.class)
  public static void enter(@Advice.This Object endpoint) {
    InboundGate.judgesRequestsOf(((AbstractEndpoint<?, ?>) endpoint).getLocalPort());
  }
}
